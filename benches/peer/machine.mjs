// The stock bot as an XState machine: the same places, options and replies as the Rust one.
import { assign, fromPromise, setup } from "xstate";

const QUIET = {};

/** `market` is the parsed data/stock-data.json; `fetchQuote` answers `{ price, at }` for a listing. */
export function stockBot(market, fetchQuote) {
  const exchangeOf = (code) => market.find((exchange) => exchange.code === code);
  const stockOf = ({ exchange, stock }) =>
    exchangeOf(exchange)?.topStocks.find((listed) => listed.code === stock);

  const machine = setup({
    types: { context: {}, events: {} },
    actors: {
      fetchQuote: fromPromise(({ input }) => fetchQuote(input.exchange, input.stock)),
    },
    guards: {
      knowsExchange: ({ event }) => exchangeOf(event.exchange) !== undefined,
      knowsStock: ({ event }) => stockOf(event) !== undefined,
    },
    actions: {
      chooseExchange: assign({ exchange: ({ event }) => event.exchange }),
      chooseStock: assign({
        exchange: ({ event }) => event.exchange,
        stock: ({ event }) => event.stock,
      }),
      keepQuote: assign({ quote: ({ event }) => event.output }),
      forget: assign({ exchange: undefined, stock: undefined, quote: undefined }),
    },
  }).createMachine({
    id: "stock",
    initial: "Conversation",
    context: QUIET,
    states: {
      Conversation: {
        initial: "ChooseExchange",
        on: {
          MainMenu: { target: ".ChooseExchange", actions: "forget" },
          ChooseStock: {
            guard: "knowsStock",
            target: ".Exchange.FetchQuote",
            actions: "chooseStock",
          },
          Goodbye: "Ended",
        },
        states: {
          ChooseExchange: {
            on: {
              ChooseExchange: {
                guard: "knowsExchange",
                target: "Exchange",
                actions: "chooseExchange",
              },
            },
          },
          Exchange: {
            initial: "ChooseStock",
            on: { GoBack: ".ChooseStock" },
            states: {
              ChooseStock: { on: { GoBack: "#stock.Conversation.ChooseExchange" } },
              FetchQuote: {
                tags: ["FetchQuote"],
                invoke: {
                  src: "fetchQuote",
                  input: ({ context }) => ({ exchange: context.exchange, stock: context.stock }),
                  onDone: { target: "ShowPrice", actions: "keepQuote" },
                  onError: "QuoteUnavailable",
                },
              },
              ShowPrice: { on: { Refresh: "FetchQuote" } },
              QuoteUnavailable: { on: { TryAgain: "FetchQuote" } },
            },
          },
        },
      },
      Ended: { on: { MainMenu: { target: "Conversation", actions: "forget" } } },
    },
  });

  const goBack = { id: "go-back", label: "Go back", event: { type: "GoBack" } };
  const mainMenu = { id: "main-menu", label: "Main menu", event: { type: "MainMenu" } };
  const exchangeOptions = market.map(({ code, stockExchange }) => ({
    id: code,
    label: stockExchange,
    event: { type: "ChooseExchange", exchange: code },
  }));
  const stockOptions = ({ code: exchange, topStocks }) =>
    topStocks.map(({ code, stockName }) => ({
      id: code,
      label: stockName,
      event: { type: "ChooseStock", exchange, stock: code },
    }));

  /** What the user may do in `snapshot`. */
  function options(snapshot) {
    const { context } = snapshot;
    switch (leaf(snapshot)) {
      case "ChooseExchange":
        return exchangeOptions;
      case "ChooseStock":
        return [...stockOptions(exchangeOf(context.exchange)), goBack, mainMenu];
      case "ShowPrice":
        return [{ id: "refresh", label: "Refresh", event: { type: "Refresh" } }, goBack, mainMenu];
      case "QuoteUnavailable":
        return [{ id: "try-again", label: "Try again", event: { type: "TryAgain" } }, goBack];
      case "Ended":
        return [{ ...mainMenu, label: "Start over" }];
      default:
        return [];
    }
  }

  /** What the bot says in `snapshot`, and the data beside it. */
  function reply(snapshot) {
    const { context } = snapshot;
    switch (leaf(snapshot)) {
      case "ChooseExchange":
        return { text: "Which exchange are you interested in?" };
      case "ChooseStock": {
        const exchange = exchangeOf(context.exchange);
        return { text: `${exchange.stockExchange}: which stock would you like to see?` };
      }
      case "ShowPrice":
        return shownPrice(exchangeOf(context.exchange), stockOf(context), context.quote);
      case "QuoteUnavailable":
        return {
          text: `Sorry, I couldn’t get a price for ${stockOf(context).stockName} just now. You can try again, or go back and pick another stock.`,
        };
      case "Ended":
        return { text: "Goodbye, and thanks for the chat. Say anything to start over." };
      default:
        return {};
    }
  }

  return { machine, options, reply };
}

/** The names of a snapshot's levels, the outermost first. */
export function path({ value }) {
  const names = [];
  for (let level = value; ; ) {
    if (typeof level === "string") {
      names.push(level);
      return names;
    }
    const [name] = Object.keys(level);
    names.push(name);
    level = level[name];
  }
}

const leaf = (snapshot) => path(snapshot).at(-1);

const digits = new Intl.NumberFormat("en", { minimumFractionDigits: 2 });

function shownPrice(exchange, stock, quote) {
  const display = `${digits.format(quote.price)} ${exchange.currency}`;
  const pounds = exchange.currency === "GBX" ? `£${digits.format(Math.round(quote.price) / 100)}` : undefined;
  const text = `${stock.stockName} is at ${display}${pounds ? ` (${pounds})` : ""} a share.`;
  const data = {
    kind: "price",
    exchange: { code: exchange.code, name: exchange.stockExchange },
    code: stock.code,
    name: stock.stockName,
    price: quote.price.toFixed(2),
    currency: exchange.currency,
    display,
    pounds,
    at: quote.at,
  };
  return { text, data };
}
