// The conversation this is all for, by every kind of hand: an exchange, a stock, its price, and around again,
// with the server restarted in the middle.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible } from "./axe.js";
import { Chat, FAILED_REQUESTS } from "./chat.js";
import { DESKTOP, MOVING, PHONE, TOUCH, needsBrowser, useBrowser } from "./chromium.js";
import { Server } from "./server.js";

const browser = useBrowser();

const mouse = {
  press: (chat, target) => target.click(),
  async say(chat, text) {
    await chat.box.click();
    await chat.page.keyboard.insertText(text);
    await chat.button("Send").click();
  },
};

const finger = {
  press: (chat, target) => target.tap(),
  async say(chat, text) {
    await chat.box.tap();
    await chat.page.keyboard.insertText(text);
    await chat.button("Send").tap();
  },
};

const keyboard = {
  async press(chat, target) {
    await chat.tabTo(target, "Shift+Tab");
    await chat.page.keyboard.press("Enter");
  },
  async say(chat, text) {
    await chat.tabTo(chat.box);
    await chat.page.keyboard.type(text);
    await chat.page.keyboard.press("Enter");
  },
};

const KINDS = [
  ["by mouse on a desktop", mouse, { ...DESKTOP, ...MOVING }], ["by keyboard on a desktop", keyboard, DESKTOP],
  ["by mouse at a phone's width", mouse, PHONE], ["by keyboard at a phone's width", keyboard, PHONE],
  ["by touch on a phone", finger, { ...TOUCH, ...MOVING }],
];

for (const [name, hand, size] of KINDS) {
  test(`exchange, stock, price, and around again, ${name}`, needsBrowser, async (t) => {
    const server = await Server.start(t);
    const chat = await Chat.open(t, browser(), server.url, size);
    const choose = (label) => hand.press(chat, chat.option(label));

    await chat.hears("Which exchange are you interested in?");
    assert.deepEqual(await chat.options, ["London Stock Exchange", "New York Stock Exchange", "Nasdaq Stock Exchange"]);
    await assertAccessible(chat, "greeting");

    await choose("London Stock Exchange");
    await chat.hears("which stock would you like to see?");
    assert.deepEqual(await chat.options, ["CRODA INTERNATIONAL PLC", "GSK PLC", "ANTOFAGASTA PLC",
      "FLUTTER ENTERTAINMENT PLC", "BARRATT DEVELOPMENTS PLC", "Go back", "Main menu"]);
    await choose("GSK PLC");
    await chat.hears("GSK PLC is at 1,574.80 GBX (£15.75) a share.");
    const card = await chat.card.innerText();
    for (const fact of ["GSK PLC", "London Stock Exchange", "1,574.80", "GBX", "£15.75"]) assert.ok(card.includes(fact), card);
    assert.deepEqual(await chat.options, ["Refresh", "Go back", "Main menu"]);
    await assertAccessible(chat, "price");
    await chat.assertFits();
    chat.assertQuiet();

    const before = await chat.transcript();
    await server.restart("SIGKILL");
    await chat.connection("Connected");
    assert.deepEqual(await chat.transcript(), before);
    assert.deepEqual(await chat.options, ["Refresh", "Go back", "Main menu"]);

    await hand.say(chat, "nyse");
    await chat.hears("New York Stock Exchange: which stock");
    await hand.say(chat, "gsk");
    await chat.hears("1,574.80 GBX");
    await choose("Refresh");
    await chat.hears("1,574.80 GBX");
    assert.equal(await chat.page.getByTestId("price").count(), 3);
    await choose("Go back");
    await chat.hears("which stock would you like to see?");
    await choose("Main menu");
    await chat.hears("Which exchange are you interested in?");
    await assertAccessible(chat, "around again");
    await chat.agreesWithLog();
    chat.assertQuiet(FAILED_REQUESTS);
  });
}

test("the composer alone is enough: arrows walk the options, Enter takes one, Escape clears", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const chat = await Chat.open(t, browser(), server.url, DESKTOP);
  const { keyboard: keys } = chat.page;
  await chat.hears("Which exchange");
  await chat.page.waitForFunction(() => document.activeElement?.id === "message");
  await keys.press("ArrowDown");
  await keys.press("Enter");
  await chat.hears("London Stock Exchange: which stock");
  await keys.type("fl");
  await chat.page.getByRole("listbox").waitFor();
  await keys.press("Escape");
  assert.equal(await chat.box.inputValue(), "");
  assert.equal(await chat.page.getByRole("listbox").isVisible(), false);
  await keys.type("flut");
  await keys.press("ArrowDown");
  await assertAccessible(chat, "completions");
  await keys.press("Enter");
  await chat.hears("16,340.00 GBX (£163.40)");
  await keys.type("two");
  await keys.press("Shift+Enter");
  await keys.type("lines");
  assert.equal(await chat.box.inputValue(), "two\nlines");
  chat.assertQuiet();
});
