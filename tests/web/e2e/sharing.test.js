// One conversation in several places: after a reload, in a second tab, and in a browser that has no business with it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Chat, FAILED_REQUESTS } from "./chat.js";
import { DESKTOP, PHONE, needsBrowser, useBrowser } from "./chromium.js";
import { deferred } from "./deferred.js";
import { Server } from "./server.js";

const browser = useBrowser();

/** A conversation that stands at a price. */
async function begin(t) {
  const server = await Server.start(t);
  const chat = await Chat.open(t, browser(), server.url, DESKTOP);
  await chat.hears("Which exchange");
  await chat.choose("London Stock Exchange");
  await chat.hears("which stock");
  await chat.choose("GSK PLC");
  await chat.hears("1,574.80 GBX");
  return chat;
}

const shown = async (chat) => ({
  address: chat.page.url(),
  transcript: await chat.transcript(),
  options: await chat.options,
  cards: await chat.page.locator(".price").evaluateAll((cards) => cards.map(({ textContent }) => textContent.replace(/\s+/gu, " "))),
  chosen: await chat.page.locator(".past-option.is-chosen").allTextContents(),
  step: await chat.page.getByTestId("last-step").textContent(),
});

test("a reload shows the same conversation", needsBrowser, async (t) => {
  const chat = await begin(t);
  const before = await shown(chat);
  assert.match(before.address, /\?session=[\w-]+$/u);
  assert.equal(before.cards.length, 1);
  await chat.page.reload();
  await chat.option("Refresh").waitFor();
  await chat.agreesWithLog();
  assert.deepEqual(await shown(chat), before);
  await chat.choose("Refresh");
  await chat.hears("1,574.80 GBX");
  await chat.agreesWithLog();
  chat.assertQuiet();
});

test("two tabs show the same, and each what is said in the other", needsBrowser, async (t) => {
  const chat = await begin(t);
  const other = await Chat.open(t, chat.page.context(), chat.page.url());
  await other.hears("1,574.80 GBX");
  assert.deepEqual(await shown(other), await shown(chat));
  await other.choose("Go back");
  await other.hears("which stock");
  await chat.hears("which stock");
  await chat.say("croda");
  await chat.hears("CRODA INTERNATIONAL PLC is at 4,807.00 GBX");
  await other.hears("CRODA INTERNATIONAL PLC is at 4,807.00 GBX");
  await chat.agreesWithLog();
  await other.agreesWithLog();
  assert.deepEqual(await shown(other), await shown(chat));
  chat.assertQuiet();
  other.assertQuiet();
});

test("an option that went away in the other tab is not taken, and what is on offer is shown", needsBrowser, async (t) => {
  const chat = await begin(t);
  // The press is held up until the other tab has moved the conversation on.
  const pressed = deferred();
  const moved = deferred();
  await chat.page.route("**/messages", async (route) => {
    pressed.resolve();
    await moved.promise;
    await route.continue();
  });
  await chat.choose("Refresh");
  await pressed.promise;
  const other = await Chat.open(t, chat.page.context(), chat.page.url());
  await other.hears("1,574.80 GBX");
  await other.choose("Main menu");
  await other.hears("Which exchange");
  moved.resolve();
  await chat.page.getByText("Not sent: that is not on offer any more").waitFor();
  assert.equal(await chat.button("Try again").count(), 0);
  assert.deepEqual(await chat.options, ["London Stock Exchange", "New York Stock Exchange", "Nasdaq Stock Exchange"]);
  await chat.button("Discard").click();
  await chat.agreesWithLog();
  chat.assertQuiet(FAILED_REQUESTS);
});

test("another browser is not let in, and can begin its own", needsBrowser, async (t) => {
  const chat = await begin(t);
  const stranger = await Chat.open(t, browser(), chat.page.url(), PHONE);
  await stranger.notice.filter({ hasText: "This conversation cannot be opened from this browser." }).waitFor();
  assert.deepEqual(await stranger.transcript(), []);
  await stranger.assertFits();
  await stranger.button("Start a new conversation").click();
  await stranger.hears("Which exchange");
  assert.notEqual(stranger.page.url(), chat.page.url());
  await chat.agreesWithLog();
  stranger.assertQuiet(FAILED_REQUESTS);
});

test("a new conversation leaves the old one a step back in the browser's history", needsBrowser, async (t) => {
  const chat = await begin(t);
  const old = await shown(chat);
  await chat.button("New conversation").click();
  await chat.page.waitForFunction(() => document.querySelectorAll("#log .bubble[data-seq]").length === 1);
  assert.notEqual(chat.page.url(), old.address);
  await chat.page.goBack();
  await chat.option("Refresh").waitFor();
  assert.deepEqual(await shown(chat), old);
  chat.assertQuiet();
});
