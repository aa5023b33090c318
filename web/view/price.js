// A price as a card under the sentence that says it: the same fact to be read at a glance.
// `data` comes from a bot and may be of any kind; what is not a whole price is not drawn.

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { age, dateAndTime } from "../words.js";

export const isPrice = (data) =>
  data?.kind === "price" && typeof data.price === "string" && typeof data.code === "string";

export function priceCard(data, now) {
  const { code, name, exchange, currency, pounds } = data;
  const at = Date.parse(data.at);
  return html`
    <figure class="price" data-testid="price">
      <figcaption class="price-of">
        <span class="price-name" dir="auto">${name ?? code}</span>
        <span class="price-code">${code}</span>
        <span class="price-where" dir="auto">${exchange?.name ?? ""}</span>
      </figcaption>
      <p class="price-sum">
        <span class="price-amount">${amount(data)}</span>
        <span class="price-currency">${currency ?? ""}</span>
        ${pounds ? html`<span class="price-pounds">${pounds}</span>` : nothing}
      </p>
      ${Number.isNaN(at) ? nothing : html`
        <p class="price-age">Quoted <time datetime=${data.at} title=${dateAndTime(at)}>${age(at, now)}</time></p>`}
    </figure>`;
}

/** The server's own grouping of the digits where it gives one: a price is never counted with here. */
function amount({ display, price, currency }) {
  if (typeof display !== "string") return price;
  return currency && display.endsWith(currency) ? display.slice(0, -currency.length).trim() : display;
}
