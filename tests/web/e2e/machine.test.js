// The machine beside the conversation: the path it is on, and how it came there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Chat } from "./chat.js";
import { DESKTOP, PHONE, needsBrowser, useBrowser } from "./chromium.js";
import { Server } from "./server.js";

const browser = useBrowser();

async function begin(t, size) {
  const server = await Server.start(t);
  const chat = await Chat.open(t, browser(), server.url, size);
  await chat.hears("Which exchange");
  return chat;
}

const lit = ({ page }) => page.locator(".machine .state.is-lit").evaluateAll((states) => states.map(({ dataset }) => dataset.state));
const here = ({ page }) => page.locator(".machine [aria-current=step]").evaluateAll((states) => states.map(({ dataset }) => dataset.state));
const lastStep = async ({ page }) => (await page.getByTestId("last-step").innerText()).replace(/\s+/gu, " ");

/** The state as the server has it. */
const state = ({ page }) => page.evaluate(async () => {
  const id = new URLSearchParams(location.search).get("session");
  return (await (await fetch(`api/sessions/${id}`)).json()).state;
});

async function assertAt(chat, ...path) {
  assert.deepEqual(await state(chat), path);
  assert.deepEqual(await lit(chat), path);
  assert.deepEqual(await here(chat), [path.at(-1)]);
}

test("the path is lit, and the last transition has its name", needsBrowser, async (t) => {
  const chat = await begin(t, DESKTOP);
  await chat.page.locator(".machine .state").first().waitFor();
  await assertAt(chat, "Conversation", "ChooseExchange");
  assert.match(await lastStep(chat), /Started in Choose exchange$/u);

  await chat.choose("London Stock Exchange");
  await chat.hears("which stock");
  await assertAt(chat, "Conversation", "Exchange", "ChooseStock");
  assert.match(await lastStep(chat), /Choose exchange → Choose stock Input Choose exchange Handled by Choose exchange/u);

  await chat.choose("GSK PLC");
  await chat.hears("1,574.80");
  await assertAt(chat, "Conversation", "Exchange", "ShowPrice");
  assert.match(await lastStep(chat), /Fetch quote → Show price Input Quote arrived Handled by Fetch quote/u);

  await chat.say("help");
  await chat.hears("Pick one");
  await assertAt(chat, "Conversation", "Exchange", "ShowPrice");
  assert.match(await lastStep(chat), /Stayed in Show price Input Help Handled by Conversation/u);

  await chat.say("goodbye");
  await chat.hears("Goodbye");
  await assertAt(chat, "Ended");
  await chat.page.reload();
  await chat.option("Start over").waitFor();
  await chat.page.locator(".machine .state").first().waitFor();
  await assertAt(chat, "Ended");
  chat.assertQuiet();
});

test("every state that the machine has is drawn, each in its place", needsBrowser, async (t) => {
  const chat = await begin(t, DESKTOP);
  await chat.page.locator(".machine .state").first().waitFor();
  const machine = await chat.page.evaluate(async () => (await fetch("api/bots/stock/machine?format=json")).json());
  const names = (states) => states.map(({ name, states = [] }) => [name, names(states)]);
  const drawn = await chat.page.evaluate(() => {
    const below = (list) => [...list?.children ?? []].map((item) => [item.dataset.state, below(item.querySelector(":scope > ul"))]);
    return below(document.querySelector(".machine > .states"));
  });
  assert.deepEqual(drawn, names(machine.states));
  assert.ok(drawn.length > 0);
});

test("on a phone it folds under its button", needsBrowser, async (t) => {
  const chat = await begin(t, PHONE);
  const pane = chat.page.getByRole("complementary", { name: "Machine" });
  const button = chat.button("Machine");
  assert.equal(await pane.isVisible(), false);
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  await button.click();
  await pane.getByText("Last transition").waitFor();
  await assertAt(chat, "Conversation", "ChooseExchange");
  await chat.assertFits();
  await chat.choose("London Stock Exchange");
  await chat.hears("which stock");
  await assertAt(chat, "Conversation", "Exchange", "ChooseStock");
  await button.click();
  await pane.waitFor({ state: "hidden" });
  chat.assertQuiet();
});
