// People with each other under test: marks, typing and presence as a page shows them, an agent's page, and a user who
// waits for a person.

import assert from "node:assert/strict";
import { Chat } from "./chat.js";
import { DESKTOP } from "./chromium.js";

/** Waits until the newest messages carry these marks, from the first to the last; other messages carry none. */
export const marks = (chat, expected) => chat.page.waitForFunction((expected) => {
  const marks = [...document.querySelectorAll("#log [data-testid=mark]")].map((mark) =>
    `${mark.closest(".said").querySelector(".bubble").innerText} ${mark.dataset.mark}`);
  return JSON.stringify(marks) === expected;
}, JSON.stringify(expected)).catch(async (error) => {
  const shown = await chat.page.locator("#log .said:has([data-testid=mark])").allInnerTexts();
  throw new Error(`marks are ${JSON.stringify(shown)}`, { cause: error });
});

export const presence = (chat, text) => chat.page.getByTestId("people").filter({ hasText: text }).waitFor();
export const typing = (chat) => chat.page.getByTestId("typing");

/** What another person says, as drawn here: with whose name. */
export async function hearsPerson(chat, name, text) {
  const turn = chat.page.locator("#log .turn.is-person", { has: chat.page.getByText(text, { exact: true }) });
  await turn.waitFor();
  assert.equal(await turn.locator(".by-name").innerText(), name);
}

/** The agent's page, signed in. */
export const desk = (t, browser, server, name, size = DESKTOP) =>
  Chat.open(t, browser, `${server.url}agent#token=${server.token(name, "agent")}`, size);

export const list = (chat, name) => chat.page.getByTestId(name).getByRole("listitem").getByRole("button");
export const standing = (chat, is) => chat.page.locator(`[data-testid=case][data-standing=${is}]`).waitFor();

/** A user who waits for a person. */
export async function waits(t, browser, server, size = DESKTOP) {
  const user = await Chat.open(t, browser, server.url, size);
  await user.hears("Which exchange");
  await user.choose("London Stock Exchange");
  await user.hears("which stock");
  await user.say("talk to a person");
  await user.page.getByTestId("line").waitFor();
  return user;
}

/** What a browser says to a page whose tab is put behind another; Chromium without a window never does. */
export const hide = (page, hidden) => page.evaluate((hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
  Object.defineProperty(document, "visibilityState", { configurable: true, value: hidden ? "hidden" : "visible" });
  document.dispatchEvent(new Event("visibilitychange"));
}, hidden);
