// A page under test as its reader knows it: who said what, what is on offer, and what the browser complains of.
// Everything waits for what it looks for; nothing waits for a time.

import assert from "node:assert/strict";

const WITHIN_MS = 15_000;

export class Chat {
  /** What the browser complained of, violations of the content policy and dialogs included. */
  noise = [];
  #seq = 0;

  constructor(page) {
    this.page = page;
    page.setDefaultTimeout(WITHIN_MS);
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.noise.push(message.text());
    });
    page.on("pageerror", (error) => this.noise.push(String(error)));
    page.on("dialog", (dialog) => {
      this.noise.push(`dialog: ${dialog.message()}`);
      dialog.dismiss().catch(() => {});
    });
  }

  /** Opens `url` in a browser or context. Calmly, unless `options` are `MOVING`: motion takes up to a third of the time. */
  static async open(t, where, url, options) {
    const context = where.newContext ? await where.newContext({ locale: "en-GB", reducedMotion: "reduce", ...options }) : where;
    if (where.newContext) t.after(() => context.close());
    const page = await context.newPage();
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) =>
        console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`));
    });
    const chat = new Chat(page);
    await page.goto(url);
    return chat;
  }

  get box() {
    return this.page.getByRole("textbox", { name: "Message" });
  }

  option(label) {
    return this.page.getByRole("group", { name: "Choose an option" }).getByRole("button", { name: label, exact: true });
  }

  get card() {
    return this.page.getByTestId("price").last();
  }

  get notice() {
    return this.page.getByTestId("notice");
  }

  button(name) {
    return this.page.getByRole("button", { name });
  }

  get options() {
    return this.page.getByRole("group", { name: "Choose an option" }).getByRole("button").allInnerTexts();
  }

  async choose(label) {
    await this.option(label).click();
  }

  async say(text) {
    await this.box.fill(text);
    await this.box.press("Enter");
  }

  /** Waits for the bot's next answer, and for it to be the last thing said. */
  async hears(text) {
    const seq = await this.page.waitForFunction(([text, after]) => {
      const bubble = [...document.querySelectorAll("#log .bubble")].at(-1);
      const seq = Number(bubble?.dataset.seq);
      const isBots = seq > after && !bubble.closest(".is-mine");
      return isBots && text.test(bubble.innerText) ? seq : false;
    }, [pattern(text), this.#seq]).catch(async (error) => {
      throw new Error(`nobody said ${text}; ${JSON.stringify((await this.transcript()).slice(-3))}`, { cause: error });
    });
    this.#seq = await seq.jsonValue();
  }

  /** As drawn: `{seq, mine, text}`, what is still on its way out without a seq. */
  transcript() {
    return this.page.evaluate(() => [...document.querySelectorAll("#log .bubble:not(.typing)")].map((bubble) => ({
      seq: bubble.dataset.seq ? Number(bubble.dataset.seq) : null,
      mine: bubble.closest(".is-mine") !== null,
      text: [...bubble.children].map((paragraph) => paragraph.textContent).join("\n\n"),
    })));
  }

  /** The server's own record of the conversation, in the same shape. */
  log() {
    return this.page.evaluate(async () => {
      const id = new URLSearchParams(location.search).get("session");
      const { records } = await (await fetch(`api/sessions/${id}/transcript`)).json();
      return records.filter(({ text }) => text !== undefined)
        .map(({ seq, from, text }) => ({ seq, mine: from.kind === "user", text }));
    });
  }

  /** Waits until the page shows what the log holds, each thing once and in order, and nothing else. */
  async agreesWithLog() {
    const log = await this.log();
    const last = log.at(-1).seq;
    await this.page.waitForFunction((seq) => {
      const bubble = [...document.querySelectorAll("#log .bubble")].at(-1);
      return Number(bubble?.dataset.seq) >= seq;
    }, last);
    assert.deepEqual(await this.transcript(), log);
    return log;
  }

  /** The connection as the header says it, once it does. */
  async connection(text) {
    await this.page.getByTestId("connection").filter({ hasText: pattern(text) }).waitFor();
  }

  /** Presses Tab until the focus is on `target`, which has to be within reach. */
  async tabTo(target, key = "Tab") {
    await target.waitFor();
    for (let presses = 0; presses < 40; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press(key);
    }
    assert.fail(`${target} cannot be reached with ${key}`);
  }

  /** `but` is what the browser says of requests that a test has failed on purpose. */
  assertQuiet(but = null) {
    assert.deepEqual(this.noise.filter((text) => !but?.test(text)), []);
  }

  /** Nothing is wider than the window, and nothing that was said lies outside it. */
  async assertFits() {
    const wide = await this.page.evaluate(() => {
      const out = [];
      for (const element of [document.scrollingElement, ...document.querySelectorAll(".scroller, .machine")]) {
        if (element.scrollWidth > element.clientWidth) out.push(`${element.className || element.tagName} scrolls sideways`);
      }
      for (const element of document.querySelectorAll(".bubble, .option, .price, .past-option, .action, .field, .notice, .by, .case, .case-bar > *, .toast")) {
        const { left, right } = element.getBoundingClientRect();
        if (left < 0 || right > innerWidth) out.push(`${element.className}: ${element.innerText.slice(0, 40)}`);
      }
      return out;
    });
    assert.deepEqual(wide, []);
  }
}

const pattern = (text) =>
  text instanceof RegExp ? text : new RegExp(text.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"), "u");

/** What Chromium writes for a request that a test has failed on purpose. */
export const FAILED_REQUESTS = /Failed to load resource/u;
