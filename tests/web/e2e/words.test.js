// What a reader may write instead of pressing a button, and how a conversation ends and begins again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Chat } from "./chat.js";
import { DESKTOP, needsBrowser, useBrowser } from "./chromium.js";
import { Server } from "./server.js";

const browser = useBrowser();

async function begin(t) {
  const server = await Server.start(t);
  const chat = await Chat.open(t, browser(), server.url, DESKTOP);
  await chat.hears("Which exchange");
  return chat;
}

test("a stock can be asked for in a sentence, from anywhere", needsBrowser, async (t) => {
  const chat = await begin(t);
  await chat.say("price of tesla please");
  await chat.hears("Tesla, Inc. is at 190.35 USD a share.");
  const card = await chat.card.innerText();
  for (const fact of ["Tesla, Inc.", "TSLA", "Nasdaq Stock Exchange", "190.35", "USD"]) assert.ok(card.includes(fact), card);
  assert.ok(!card.includes("£"), card);
  await chat.say("main menu");
  await chat.hears("Which exchange");
  await chat.agreesWithLog();
  chat.assertQuiet();
});

test("numbers, codes, names and small typing errors find an option", needsBrowser, async (t) => {
  const chat = await begin(t);
  await chat.say("1");
  await chat.hears("London Stock Exchange: which stock");
  await chat.say("gsk");
  await chat.hears("GSK PLC is at 1,574.80 GBX");
  await chat.say("go bakc");
  await chat.hears("which stock");
  await chat.say("2");
  await chat.hears("GSK PLC is at 1,574.80 GBX");
  await chat.say("go back");
  await chat.hears("which stock");
  await chat.say("flutter entertainment");
  await chat.hears("FLUTTER ENTERTAINMENT PLC is at 16,340.00 GBX (£163.40)");
  chat.assertQuiet();
});

test("what may mean several things is asked back", needsBrowser, async (t) => {
  const chat = await begin(t);
  await chat.say("n");
  await chat.hears("Did you mean New York Stock Exchange or Nasdaq Stock Exchange?");
  await chat.say("ny");
  await chat.hears("New York Stock Exchange: which stock");
  chat.assertQuiet();
});

test("what is not understood is said so, and then help is offered", needsBrowser, async (t) => {
  const chat = await begin(t);
  await chat.say("what a fine day");
  await chat.hears("Sorry, I didn’t get that");
  await chat.say("quite so");
  await chat.hears("Here is what I understand");
  await chat.say("help");
  await chat.hears("Pick one of the options");
  assert.equal((await chat.options).length, 3);
  chat.assertQuiet();
});

test("goodbye ends it, and anything starts over", needsBrowser, async (t) => {
  const chat = await begin(t);
  await chat.say("goodbye");
  await chat.hears("Goodbye, and thanks for the chat.");
  assert.deepEqual(await chat.options, ["Start over"]);
  await chat.choose("Start over");
  await chat.hears("Which exchange");
  await chat.say("goodbye");
  await chat.hears("Goodbye");
  await chat.say("are you still there");
  await chat.hears("Which exchange");
  assert.equal((await chat.options).length, 3);
  await chat.agreesWithLog();
  chat.assertQuiet();
});

test("a double click chooses once, whatever comes to lie under it", needsBrowser, async (t) => {
  const chat = await begin(t);
  await chat.option("London Stock Exchange").dblclick({ delay: 60 });
  await chat.hears("which stock");
  // Said after whatever the second click may have done, and so heard after it.
  await chat.say("main menu");
  await chat.hears("Which exchange");
  assert.deepEqual((await chat.agreesWithLog()).filter(({ mine }) => mine).map(({ text }) => text), ["London Stock Exchange", "main menu"]);
  chat.assertQuiet();
});

test("a text that is too long is not taken, and only blanks are not sent", needsBrowser, async (t) => {
  const chat = await begin(t);
  await chat.box.fill("   ");
  assert.equal(await chat.button("Send").isDisabled(), true);
  await chat.box.press("Enter");
  await chat.box.fill("");
  await chat.box.focus();
  await chat.page.keyboard.insertText("x".repeat(2_100));
  assert.equal((await chat.box.inputValue()).length, 2_000);
  await chat.page.getByText("0 characters left").waitFor();
  await chat.box.press("Enter");
  await chat.hears("Sorry, I didn’t get that");
  assert.deepEqual((await chat.transcript()).map(({ text }) => text.length > 1_000), [false, true, false]);
  chat.assertQuiet();
});
