// The peer: the same chat as a Node team would write it with Express and XState, in memory, to measure beside.
//
// It does what a round trip of the load needs and leaves out what would only cost it: security headers, token
// signatures (a Map look-up instead), rate limits and idle time-outs.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import express from "express";
import { createActor } from "xstate";
import { path, stockBot } from "./machine.mjs";

const market = JSON.parse(await readFile(new URL("../../data/stock-data.json", import.meta.url)));
const prices = new Map(
  market.flatMap(({ code, topStocks }) =>
    topStocks.map((stock) => [`${code}/${stock.code}`, stock.price]),
  ),
);

async function fetchQuote(exchange, stock) {
  const price = prices.get(`${exchange}/${stock}`);
  if (price === undefined) throw new Error(`${exchange} has no stock ${stock}`);
  return { price, at: new Date().toISOString() };
}

const bot = stockBot(market, fetchQuote);

/** One conversation: an actor, what was said, and who listens. */
class Session {
  id = randomUUID();
  user = `guest-${randomUUID()}`;
  records = [];
  streams = new Set();
  clientIds = new Map();
  #input = null;
  #before = [];

  constructor() {
    this.actor = createActor(bot.machine);
    this.actor.subscribe((snapshot) => this.#stepped(snapshot));
    this.actor.start();
  }

  /** A user's message: answers the seq of its record, or `null` if it chooses what is not offered. */
  say(message) {
    const known = this.clientIds.get(message.clientId);
    if (known !== undefined) return known;
    const options = bot.options(this.actor.getSnapshot());
    const chosen = options.find(
      ({ id, label }) => id === message.choose || label.toLowerCase() === message.text?.toLowerCase(),
    );
    if (!chosen) return null;
    const { clientId } = message;
    const seq = this.#write("message", {
      from: { kind: "user", id: this.user },
      text: message.text ?? chosen.label,
      clientId,
    });
    if (clientId) this.clientIds.set(clientId, seq);
    this.#input = chosen.event.type;
    this.actor.send(chosen.event);
    return seq;
  }

  follow(res, after) {
    res.write(this.records.slice(after).join(""));
    this.streams.add(res);
    res.on("close", () => this.streams.delete(res));
  }

  #stepped(snapshot) {
    const state = path(snapshot);
    const before = this.#before;
    const parted = state.findIndex((name, depth) => name !== before[depth]);
    const common = parted === -1 ? state.length - 1 : parted;
    const { text, data } = bot.reply(snapshot);
    this.#write(text === undefined ? "transition" : "message", {
      from: { kind: "bot", id: "stock" },
      text,
      options: bot.options(snapshot).map(({ id, label }) => ({ id, label })),
      data,
      transition: {
        input: this.#input,
        from: before.at(-1) ?? null,
        to: state.at(-1),
        exited: before.slice(common).reverse(),
        entered: state.slice(common),
      },
      state,
      pending: [...snapshot.tags],
    });
    this.#before = state;
    // What is not a message is the outcome of the only effect there is.
    this.#input = "QuoteArrived";
  }

  #write(event, fields) {
    const seq = this.records.length + 1;
    const data = JSON.stringify({ seq, at: new Date().toISOString(), ...fields });
    const chunk = `id: ${seq}\nevent: ${event}\ndata: ${data}\n\n`;
    this.records.push(chunk);
    for (const stream of this.streams) stream.write(chunk);
    return seq;
  }
}

const sessions = new Map();
const tokens = new Map();

const app = express();
app.disable("x-powered-by");
app.disable("etag");

function authenticate(req, res, next) {
  const [scheme, token] = (req.get("authorization") ?? "").split(" ");
  req.user = scheme.toLowerCase() === "bearer" ? tokens.get(token) : undefined;
  if (req.user === undefined) return res.status(401).json({ code: "unauthorized" });
  next();
}

function own(req, res, next) {
  const session = sessions.get(req.params.id ?? req.query.session);
  if (session?.user !== req.user) return res.status(404).json({ code: "no_session" });
  req.session = session;
  next();
}

app.post("/api/sessions", (req, res) => {
  const session = new Session();
  const token = randomUUID();
  sessions.set(session.id, session);
  tokens.set(token, session.user);
  const events = `/api/events?session=${session.id}`;
  res.status(201).json({ id: session.id, bot: "stock", token, events });
});

app.get("/api/events", authenticate, own, (req, res) => {
  res.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const at = new Date().toISOString();
  const head = req.session.records.length;
  res.write(`event: connected\ndata: ${JSON.stringify({ session: req.session.id, head, at })}\n\n`);
  req.session.follow(res, Number.parseInt(req.get("last-event-id") ?? "0", 10) || 0);
});

app.post("/api/sessions/:id/messages", authenticate, own, express.json({ limit: "16kb" }), (req, res) => {
  const seq = req.session.say(req.body);
  if (seq === null) return res.status(409).json({ code: "not_offered" });
  res.status(202).json({ seq });
});

const server = app.listen(0, "127.0.0.1", () => {
  console.log(`peer is at http://127.0.0.1:${server.address().port}/`);
});
server.keepAliveTimeout = 60_000;
process.on("SIGTERM", () => process.exit(0));
