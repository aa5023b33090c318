// The machine beside the conversation: its picture, the path it is on, how it came there, and what each state takes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { json, text } from "../exports.js";
import { assertAccessible } from "./axe.js";
import { Chat, FAILED_REQUESTS } from "./chat.js";
import { DESKTOP, MOVING, TOUCH, needsBrowser, useBrowser } from "./chromium.js";
import { Server } from "./server.js";

const browser = useBrowser();

async function begin(t, size, ...args) {
  const server = await Server.start(t, ...args);
  const chat = await Chat.open(t, browser(), server.url, size);
  await chat.hears("Which exchange");
  return Object.assign(chat, { server });
}

const drawn = ({ page }) => page.locator(".statechart .live").waitFor();
const names = (locator, name = "state") => locator.evaluateAll((groups, name) => groups.map(({ dataset }) => dataset[name]), name);
const lit = async ({ page }) => (await names(page.locator(".statechart .state.lit"))).sort();
const live = ({ page }) => names(page.locator(".statechart .state.live"));
const marked = ({ page }) => page.locator(".statechart .last").evaluateAll((groups) =>
  groups.map(({ dataset: { from, to } }) => `${from} > ${to}`));
const fresh = ({ page }) => page.locator(".statechart .fresh").count();
const pathInWords = async ({ page }) => (await page.getByTestId("path").innerText()).replace(/\s+/gu, " ");
const lastStep = async ({ page }) => (await page.getByTestId("last-step").innerText()).replace(/\s+/gu, " ");
const button = ({ page }, name) => page.locator(".machine").getByRole("button", { name, exact: true });
const details = ({ page }) => page.getByTestId("details");
const transition = ({ page }, from, to) => page.locator(`.statechart .transition[data-from=${from}][data-to=${to}]`);

/** The state as the server has it. */
const state = ({ page }) => page.evaluate(async () => {
  const id = new URLSearchParams(location.search).get("session");
  return (await (await fetch(`api/sessions/${id}`)).json()).state;
});

async function assertAt(chat, ...path) {
  assert.deepEqual(await state(chat), path);
  assert.deepEqual(await lit(chat), path.toSorted());
  assert.deepEqual(await live(chat), [path.at(-1)]);
  assert.equal(await chat.page.locator(".statechart [aria-current=step]").getAttribute("aria-label"),
    path.at(-1) === "Ended" ? "Ended, final" : path.at(-1));
}

test("the path is lit, and the last transition is marked and has its name", needsBrowser, async (t) => {
  const chat = await begin(t, { ...DESKTOP, ...MOVING });
  await drawn(chat);
  await assertAt(chat, "Conversation", "ChooseExchange");
  assert.match(await lastStep(chat), /Started in Choose exchange$/u);
  assert.deepEqual([await marked(chat), await fresh(chat)], [[], 0]);
  assert.equal(await pathInWords(chat), "It stands in Conversation › Choose exchange");

  await chat.choose("London Stock Exchange");
  await chat.hears("which stock");
  await assertAt(chat, "Conversation", "Exchange", "ChooseStock");
  assert.deepEqual([await marked(chat), await fresh(chat)], [["ChooseExchange > ChooseStock"], 1]);
  assert.match(await lastStep(chat), /Choose exchange → Choose stock Input Choose exchange Handled by Choose exchange/u);

  await chat.choose("GSK PLC");
  await chat.hears("1,574.80");
  await assertAt(chat, "Conversation", "Exchange", "ShowPrice");
  assert.deepEqual(await marked(chat), ["FetchQuote > ShowPrice"]);
  assert.match(await lastStep(chat), /Fetch quote → Show price Input Quote arrived Handled by Fetch quote/u);

  await chat.say("help");
  await chat.hears("Pick one");
  await assertAt(chat, "Conversation", "Exchange", "ShowPrice");
  assert.deepEqual(await marked(chat), ["Conversation > Conversation"]);
  assert.equal(await chat.page.locator(".note.last.fresh").count(), 1);
  assert.match(await lastStep(chat), /Stayed in Show price Input Help Handled by Conversation/u);

  await chat.say("goodbye");
  await chat.hears("Goodbye");
  await assertAt(chat, "Ended");
  assert.deepEqual(await marked(chat), ["Conversation > Ended"]);
  await chat.page.reload();
  await chat.option("Start over").waitFor();
  await drawn(chat);
  await assertAt(chat, "Ended");
  // What a reload brings back is marked, and not played again.
  assert.deepEqual([await marked(chat), await fresh(chat)], [["Conversation > Ended"], 0]);
  chat.assertQuiet();
});

test("a second tab and a restarted server show the same", needsBrowser, async (t) => {
  const chat = await begin(t, { ...DESKTOP, ...MOVING });
  await chat.choose("London Stock Exchange");
  await chat.hears("which stock");
  const other = await Chat.open(t, chat.page.context(), chat.page.url());
  await other.option("GSK PLC").waitFor();
  await drawn(other);
  await assertAt(other, "Conversation", "Exchange", "ChooseStock");
  assert.deepEqual([await marked(other), await fresh(other)], [["ChooseExchange > ChooseStock"], 0]);
  await chat.say("go back");
  await chat.hears("Which exchange");
  await other.hears("Which exchange");
  await assertAt(other, "Conversation", "ChooseExchange");
  assert.deepEqual([await marked(other), await fresh(other)], [["ChooseStock > ChooseExchange"], 1]);

  await chat.server.restart();
  await chat.connection("Connected");
  await chat.page.reload();
  await drawn(chat);
  await assertAt(chat, "Conversation", "ChooseExchange");
  assert.deepEqual(await marked(chat), ["ChooseStock > ChooseExchange"]);
  chat.assertQuiet(FAILED_REQUESTS);
});

test("every state and transition of the machine is in the picture, which fits into its pane", needsBrowser, async (t) => {
  const chat = await begin(t, { ...DESKTOP, ...MOVING });
  await drawn(chat);
  const machine = await chat.page.evaluate(async () => (await fetch("api/bots/stock/machine?format=json")).json());
  const ids = (states) => states.flatMap(({ id, states }) => [id, ...ids(states)]);
  assert.deepEqual((await names(chat.page.locator(".statechart .state"))).sort(), ids(machine.states).sort());
  const ends = new Set(machine.transitions.map(({ from, to }) => `${from} > ${to}`));
  const found = await chat.page.locator(".statechart .transition").evaluateAll((groups) => groups.map(({ dataset: { from, to } }) => `${from} > ${to}`));
  assert.deepEqual(found.sort(), [...ends].sort());
  const room = await chat.page.locator(".picture-scroller").evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  assert.equal(room, 0, "it scrolls sideways");
  const size = await chat.page.locator(".statechart .label").first().evaluate((label) => label.getBoundingClientRect().height / 1.1);
  assert.ok(size >= 10, `text of ${size} px`);
});

test("a transition says what it takes and what the bot may answer", needsBrowser, async (t) => {
  const chat = await begin(t, DESKTOP);
  await drawn(chat);
  const tip = chat.page.locator(".tip");
  assert.equal(await tip.isVisible(), false);
  await transition(chat, "ChooseExchange", "ChooseStock").locator(".label").hover();
  assert.match(await tip.innerText(), /^ChooseExchange\s+“London Stock Exchange: which stock would you like to see\?”$/u);
  await chat.page.mouse.move(5, 5);
  await tip.waitFor({ state: "hidden" });
  await transition(chat, "Conversation", "Ended").focus();
  assert.match(await tip.innerText(), /^Goodbye\s+“Goodbye, and thanks.*Idle\s+“You’ve been quiet/su);
  await chat.page.keyboard.press("Escape");
  await tip.waitFor({ state: "hidden" });
  await chat.page.locator(".picture-scroller").evaluate((scroller) => scroller.dispatchEvent(new Event("scroll")));
  assert.equal(await tip.isVisible(), false, "what was put away comes back");
  // One that is out of sight comes into it, and so does what is said of it.
  await chat.page.setViewportSize({ width: 1280, height: 560 });
  // Before the page knows of its new size, all is in sight.
  await chat.page.waitForFunction(() => innerHeight === 560);
  await chat.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await transition(chat, "Ended", "ChooseExchange").focus();
  await chat.page.waitForFunction(() => document.querySelector(".picture-scroller").scrollTop > 0);
  await chat.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  assert.match(await tip.innerText(), /^MainMenu/u);
  assert.equal(await tip.isVisible(), true);
  const label = await transition(chat, "Conversation", "ChooseExchange").getAttribute("aria-label");
  assert.equal(label, "Conversation to ChooseExchange: MainMenu, “Which exchange are you interested in?”");
  chat.assertQuiet();
});

test("a state that is clicked says what it takes, and how to get there", needsBrowser, async (t) => {
  const chat = await begin(t, DESKTOP);
  await drawn(chat);
  await button(chat, "ChooseStock").click();
  const said = await details(chat).innerText();
  assert.match(said, /^Choose stock\s+A state in Exchange/u);
  assert.match(said, /Handled here\s+Choose stock\s+→ Fetch quote\s+Go back\s+→ Choose exchange/u);
  assert.match(said, /Handled by Exchange\s+Choose exchange\s+→ Choose stock/u);
  assert.match(said, /Handled by Conversation\s+Main menu\s+→ Choose exchange\s+Person\s+→ Waiting for agent\s+Help, Thanks, Greeting, Not understood\s+stays/u);
  assert.match(said, /How to get there\s+You\s+choose LSE\s+Bot\s+London Stock Exchange: which stock would you like to see\?/u);
  assert.equal(await button(chat, "ChooseStock").getAttribute("aria-expanded"), "true");
  await assertAccessible(chat, "details");
  await button(chat, "Close").click();
  await details(chat).waitFor({ state: "detached" });

  // A superstate is reached where its nearest part is.
  await button(chat, "Exchange").click({ position: { x: 12, y: 12 } });
  assert.match(await details(chat).innerText(), /^Exchange\s+A superstate in Conversation[^]*You\s+choose LSE/u);
  await button(chat, "Close").click();
  await button(chat, "ChooseExchange").click();
  assert.match(await details(chat).innerText(), /A conversation starts here\.$/u);
  await chat.choose("London Stock Exchange");
  await chat.hears("which stock");
  assert.match(await details(chat).innerText(), /^Choose exchange/u);
  await assertAt(chat, "Conversation", "Exchange", "ChooseStock");
  chat.assertQuiet();
});

test("with the keyboard alone a state is opened, read and closed", needsBrowser, async (t) => {
  const chat = await begin(t, DESKTOP);
  await drawn(chat);
  const price = button(chat, "ShowPrice");
  await chat.tabTo(price);
  const ring = await price.evaluate((box) => getComputedStyle(box).outlineStyle);
  assert.equal(ring, "solid", "the focus is seen");
  for (const key of ["Enter", " "]) {
    await price.press(key);
    await details(chat).waitFor();
    assert.match(await details(chat).innerText(), /You\s+write “CRDA”\s+FetchQuote ends with QuoteArrived\s+Bot\s+CRODA/u);
    assert.equal(await chat.page.evaluate(() => document.activeElement.dataset.testid), "details");
    await chat.page.keyboard.press("Escape");
    await details(chat).waitFor({ state: "detached" });
    assert.equal(await price.evaluate((box) => box === document.activeElement), true);
  }
  chat.assertQuiet();
});

/** Answers for the machine's `format` with what `change` makes of the server's text. Counts how often. */
async function change(page, format, change) {
  const asked = { times: 0 };
  await page.route(new RegExp(`/machine\\?format=${format}$`, "u"), async (route) => {
    asked.times += 1;
    const times = asked.times;
    const response = await route.fetch().catch(() => null);
    // At the end of a test its server may stop before it has answered: the page is then without an answer too.
    if (response === null) await route.abort().catch(() => {});
    else await route.fulfill({ response, body: await change(await response.text(), times) });
  });
  return asked;
}

test("names that mean harm are drawn as text", needsBrowser, async (t) => {
  const chat = await begin(t, DESKTOP);
  for (const format of ["json", "svg"]) await change(chat.page, format, () => text(`hostile.${format}`));
  await chat.page.reload();
  const { states } = json("hostile.json");
  await chat.page.locator(".statechart .state").first().waitFor();
  const flat = (states) => states.flatMap((state) => [state, ...flat(state.states)]);
  const all = flat(states);
  const texts = await chat.page.locator(".statechart .state > .name").evaluateAll((names) => names.map(({ textContent }) => textContent));
  assert.deepEqual(texts.toSorted(), all.map(({ id }) => id).toSorted());
  const elements = await chat.page.evaluate(() => [...new Set([...document.querySelectorAll(".statechart, .statechart *")]
    .map(({ localName, namespaceURI }) => (namespaceURI.endsWith("/svg") ? localName : `html ${localName}`)))].sort());
  assert.deepEqual(elements, ["circle", "g", "path", "rect", "svg", "text", "tspan"]);
  const harm = all.findLast(({ id, states }) => id.includes("<") && states.length === 0) ?? all.at(-1);
  const boxes = chat.page.locator(".statechart .state");
  for (let at = 0; at < await boxes.count(); at += 1) {
    if (await boxes.nth(at).getAttribute("data-state") !== harm.id) continue;
    await boxes.nth(at).locator(".state-button").focus();
    await chat.page.keyboard.press("Enter");
  }
  await details(chat).waitFor();
  const inside = await details(chat).evaluate((panel) => [...new Set([...panel.querySelectorAll("*")].map(({ localName }) => localName))]);
  assert.deepEqual(inside.filter((name) => ["img", "script", "a", "iframe"].includes(name)), []);
  // The conversation is in no state of that machine, which is said in words.
  assert.equal(await pathInWords(chat), "It stands in Conversation › Choose exchange");
  assert.deepEqual(await live(chat), []);
  chat.assertQuiet();
});

test("a picture of an older machine is fetched anew once, and the path is said meanwhile", needsBrowser, async (t) => {
  const chat = await begin(t, DESKTOP);
  const older = (text, times) => (times === 1 ? text.replaceAll("ChooseStock", "PickStock") : text);
  const asked = await Promise.all(["json", "svg"].map((format) => change(chat.page, format, older)));
  await chat.page.reload();
  await drawn(chat);
  assert.equal((await names(chat.page.locator(".statechart .state"))).includes("PickStock"), true);
  await chat.choose("London Stock Exchange");
  await chat.hears("which stock");
  assert.equal(await pathInWords(chat), "It stands in Conversation › Exchange › Choose stock");
  await chat.page.locator(".statechart .live[data-state=ChooseStock]").waitFor();
  await assertAt(chat, "Conversation", "Exchange", "ChooseStock");
  assert.deepEqual(asked.map(({ times }) => times), [2, 2]);
  chat.assertQuiet();
});

test("without its picture the chat goes on, and the picture can be asked for again", needsBrowser, async (t) => {
  const chat = await begin(t, DESKTOP);
  const pattern = /\/machine\?format=svg$/u;
  await chat.page.route(pattern, (route) => route.fulfill({ status: 500, contentType: "application/problem+json", body: "{}" }));
  await chat.page.reload();
  const failed = chat.page.getByTestId("picture-failed");
  await failed.getByText("cannot be drawn").waitFor();
  await assertAccessible(chat, "no picture");
  await chat.choose("London Stock Exchange");
  await chat.hears("which stock");
  assert.equal(await pathInWords(chat), "It stands in Conversation › Exchange › Choose stock");
  await chat.page.unroute(pattern);
  await chat.page.route(pattern, (route) => route.fulfill({ contentType: "image/svg+xml", body: "<nothing xmlns=\"http://www.w3.org/2000/svg\"/>" }));
  await failed.getByRole("button", { name: "Try again" }).click();
  await failed.getByText("cannot be drawn").waitFor();
  await chat.page.unroute(pattern);
  await failed.getByRole("button", { name: "Try again" }).click();
  await drawn(chat);
  await assertAt(chat, "Conversation", "Exchange", "ChooseStock");
  chat.assertQuiet(FAILED_REQUESTS);
});

test("a picture that is only a part says so", needsBrowser, async (t) => {
  const chat = await begin(t, DESKTOP);
  const notice = '<text class="notice" x="12" y="44">truncated: exploration stopped at its limit</text><g ';
  await change(chat.page, "svg", (text) => text.replace("<g ", notice));
  await chat.page.reload();
  await drawn(chat);
  assert.equal(await chat.page.getByTestId("picture-notice").innerText(), "Truncated: exploration stopped at its limit.");
});

test("on a phone it folds under its button, and shows where the conversation stands", needsBrowser, async (t) => {
  const chat = await begin(t, TOUCH);
  const pane = chat.page.getByRole("complementary", { name: "Machine" });
  const fold = chat.page.locator("header").getByRole("button", { name: "Machine" });
  assert.equal(await pane.isVisible(), false);
  assert.equal(await fold.getAttribute("aria-expanded"), "false");
  await fold.click();
  await pane.getByText("Last transition").waitFor();
  await drawn(chat);
  await assertAt(chat, "Conversation", "ChooseExchange");
  await chat.assertFits();
  await fold.click();
  await pane.waitFor({ state: "hidden" });
  await chat.choose("London Stock Exchange");
  await chat.hears("which stock");
  await chat.choose("GSK PLC");
  await chat.hears("1,574.80");
  const before = await chat.page.evaluate(() => document.getElementById("scroller").scrollTop);
  await fold.click();
  await assertAt(chat, "Conversation", "Exchange", "ShowPrice");
  const inView = () => chat.page.evaluate(() => {
    const part = document.querySelector(".live > rect").getBoundingClientRect();
    const room = document.querySelector(".picture-scroller").getBoundingClientRect();
    return part.top >= room.top && part.bottom <= room.bottom && part.left >= room.left && part.right <= room.right;
  });
  await chat.page.waitForFunction(() => document.querySelector(".picture-scroller").scrollTop > 0);
  assert.equal(await inView(), true);
  assert.ok(before > 0 && await chat.page.evaluate(() => document.scrollingElement.scrollTop) === 0);
  await button(chat, "QuoteUnavailable").tap();
  await details(chat).waitFor();
  await assertAccessible(chat, "details on a phone");
  await chat.assertFits();
  await button(chat, "Close").tap();
  await details(chat).waitFor({ state: "detached" });
  chat.assertQuiet();
});
