// Text that means harm, from a reader and from a market's file: it is shown as text, and does nothing else.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Chat } from "./chat.js";
import { DESKTOP, TOUCH, needsBrowser, useBrowser } from "./chromium.js";
import { list, standing, typing } from "./people.js";
import { Server } from "./server.js";

const browser = useBrowser();

const MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script><a href=\"javascript:alert(3)\">&amp;</a>";
const RTL = "\u202eevil\u202c \u2067شركة\u2069 \u202d";

/** What is sent, and what it reads as, where that is not the same. */
const TEXTS = [
  ["markup", MARKUP],
  ["a template", "${alert(1)} {{constructor.constructor('alert(1)')()}} <?lit$123$>"],
  ["the other direction, forced", `${RTL} abc`],
  ["one word of 2000 letters", "W".repeat(2_000)],
  ["line separators", "a\u2028b\u2029c\u0085d", "a\u2028b\u2029c\ufffdd"],
  ["control characters", "a\u0000b\u0007c\u001b[31md\u007fe\tf", "a\ufffdb\ufffdc\ufffd[31md\ufffde\tf"],
  ["what would be fields of an event stream", "x\r\rdata: {}\r\revent: reset\r\rid: 9", "x\r\rdata: {}\r\revent: reset\r\rid: 9"],
  ["half a surrogate pair, and marks piled up", `a\ufffdb ${"z\u0301".repeat(1)}${"\u0335".repeat(60)}`],
  ["an emoji of many parts", "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿"],
];

for (const [width, size] of [["a desktop", DESKTOP], ["a phone", TOUCH]]) {
  test(`what a reader writes is only ever text, on ${width}`, needsBrowser, async (t) => {
    const server = await Server.start(t);
    const chat = await Chat.open(t, browser(), server.url, size);
    await chat.hears("Which exchange");
    await chat.agreesWithLog();
    for (const [what, text, shown = text] of TEXTS) {
      assert.equal(await send(chat, text), 202, what);
      await chat.hears(/Sorry|Did you mean/u);
      const mine = (await chat.transcript()).filter((said) => said.mine).at(-1);
      assert.equal(unbroken(mine.text), unbroken(shown), what);
      await chat.assertFits();
    }
    const drawn = await chat.page.evaluate(() => ({
      elements: [...new Set([...document.querySelectorAll("#log .bubble *")].map(({ tagName }) => tagName))],
      isolated: [...document.querySelectorAll("#log .bubble p")].every((p) => getComputedStyle(p).unicodeBidi === "isolate"),
    }));
    assert.deepEqual(drawn, { elements: ["P"], isolated: true });
    // Typed, it takes the same way as anything else.
    await chat.say(MARKUP);
    await chat.hears(/Sorry/u);
    await chat.page.reload();
    await chat.option("London Stock Exchange").waitFor();
    assert.equal((await chat.transcript()).filter(({ text }) => text === MARKUP).length, 2);
    chat.assertQuiet();
  });

  test(`what a market's file names is only ever text, on ${width}`, needsBrowser, async (t) => {
    const long = "VERYLONGNAMEWITHOUTANYSPACE".repeat(4).slice(0, 100);
    const file = await market(t, [
      { code: "XLON", stockExchange: MARKUP, currency: "GBX", topStocks: [
        { code: "EVIL", stockName: `${MARKUP} PLC`, price: 1574.80 },
        { code: "RTL", stockName: "شركة evil שלום (PLC)", price: 999999999.999999 },
        { code: "LONG", stockName: long, price: 1 },
        { code: "FLTR", stockName: "FLUTTER ENTERTAINMENT AND INTERNATIONAL GAMING HOLDINGS PLC", price: 16340 },
        { code: "OK", stockName: "Fine PLC", price: 2 },
      ] },
    ]);
    const server = await Server.start(t, "--data", file);
    const chat = await Chat.open(t, browser(), server.url, size);
    await chat.option(MARKUP).waitFor();
    await chat.assertFits();
    await chat.choose(MARKUP);
    await chat.hears("which stock");
    await chat.assertFits();
    assert.equal((await chat.options)[0], `${MARKUP} PLC`);
    for (const [code, name] of [["evil", "<img src=x onerror=alert(1)>"], ["rtl", "شركة"], ["long", long]]) {
      await chat.say(code);
      await chat.hears(/ a share\.$/u);
      assert.ok((await chat.card.innerText()).includes(name), name);
      await chat.assertFits();
    }
    assert.equal(await chat.page.locator("#log img, #log script, #log a, #options img").count(), 0);
    chat.assertQuiet();
  });

  test(`people's names are only ever text, and leave room for the rest, on ${width}`, needsBrowser, async (t) => {
    const name = `<b>Bob</b> ${RTL} \u{1f469}\u200d\u{1f467} ${"Featherstonehaugh".repeat(2)}`;
    const [bob, ann] = ["bob", "ann"].map((who) => `${who}.${"long-identity.".repeat(9)}`.slice(0, 128));
    const server = await Server.start(t);
    const agent = await Chat.open(t, browser(), `${server.url}agent#token=${server.token(bob, "agent", "--name", name)}`, size);
    await agent.page.getByTestId("waiting").waitFor();
    assert.equal(await agent.page.locator(".brand-who").innerText(), name);
    const user = await Chat.open(t, browser(), `${server.url}#token=${server.token(ann, "user")}`, size);
    await user.hears("Which exchange");
    await user.say("talk to a person");
    await user.page.getByTestId("line").waitFor();
    await list(agent, "waiting").click();
    await standing(agent, "waiting");
    await agent.button("Take").click();
    await standing(agent, "mine");
    await agent.say("Hello");
    await user.page.locator("#log .is-person").getByText("Hello", { exact: true }).waitFor();
    await agent.box.pressSequentially("a");
    await typing(user).waitFor();
    await user.box.pressSequentially("b");
    await typing(agent).waitFor();
    for (const chat of [agent, user]) {
      await chat.assertFits();
      const dots = await typing(chat).locator(".dot").evaluateAll((dots) => dots.map(({ offsetWidth, offsetHeight }) => offsetWidth / offsetHeight));
      assert.deepEqual(dots, [1, 1, 1], "the dots are round");
      chat.assertQuiet();
    }
    for (const [chat, whose] of [[agent, ann], [user, bob]]) {
      const by = chat.page.locator("#log .is-person .by-name").first();
    assert.equal(await by.getAttribute("title"), whose);
    assert.ok((await by.boundingBox()).height < 24, "a name is one line");
    }
    assert.equal(await agent.page.locator(".case-title").getAttribute("title"), ann);
    assert.equal(await user.page.locator(".presence-state").isVisible(), true);
    assert.equal(await agent.page.locator("b:not(.last-step b)").count(), 0);
  });
}

/** As any program may send it: a text box would change some of these characters. */
const send = ({ page }, text) => page.evaluate(async (text) => {
  const id = new URLSearchParams(location.search).get("session");
  const response = await fetch(`api/sessions/${id}/messages`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ text }),
  });
  return response.status;
}, text);

/** Paragraphs are drawn apart whatever parted them. */
const unbroken = (text) => text.split(/[\r\n]+/u).join("\n");

async function market(t, exchanges) {
  const folder = await mkdtemp(join(tmpdir(), "statechat-market-"));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, "market.json");
  await writeFile(file, JSON.stringify(exchanges));
  return file;
}
