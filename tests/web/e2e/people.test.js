// People with each other, each in a browser of their own: two users, and a user with an agent.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible } from "./axe.js";
import { Chat, FAILED_REQUESTS } from "./chat.js";
import { DESKTOP, PHONE, TOUCH, needsBrowser, useBrowser } from "./chromium.js";
import { Server } from "./server.js";

const browser = useBrowser();

/** Waits until the newest messages carry these marks, from the first to the last; other messages carry none. */
const marks = (chat, expected) => chat.page.waitForFunction((expected) => {
  const marks = [...document.querySelectorAll("#log [data-testid=mark]")].map((mark) =>
    `${mark.closest(".said").querySelector(".bubble").innerText} ${mark.dataset.mark}`);
  return JSON.stringify(marks) === expected;
}, JSON.stringify(expected)).catch(async (error) => {
  const shown = await chat.page.locator("#log .said:has([data-testid=mark])").allInnerTexts();
  throw new Error(`marks are ${JSON.stringify(shown)}`, { cause: error });
});

const presence = (chat, text) => chat.page.getByTestId("people").filter({ hasText: text }).waitFor();
const typing = (chat) => chat.page.getByTestId("typing");

/** What another person says, as drawn here: with whose name. */
async function hearsPerson(chat, name, text) {
  const turn = chat.page.locator("#log .turn.is-person", { has: chat.page.getByText(text, { exact: true }) });
  await turn.waitFor();
  assert.equal(await turn.locator(".by-name").innerText(), name);
}

/** A second guest in the first one's conversation. */
async function joined(t, server) {
  const alice = await Chat.open(t, browser(), server.url, DESKTOP);
  await alice.hears("Which exchange");
  const bob = await Chat.open(t, browser(), server.url, PHONE);
  await bob.hears("Which exchange");
  const user = (chat) => chat.page.evaluate(async () => (await (await fetch("api/token", { method: "POST" })).json()).user);
  const [a, b] = [await user(alice), await user(bob)];
  const invited = await alice.page.evaluate(async (b) => {
    const id = new URLSearchParams(location.search).get("session");
    const body = JSON.stringify({ participants: [b] });
    return (await fetch(`api/sessions/${id}/participants`, { method: "POST", body, headers: { "content-type": "application/json" } })).status;
  }, b);
  assert.equal(invited, 200);
  await bob.page.goto(alice.page.url());
  await bob.page.locator("#log .bubble").first().waitFor();
  const name = (user) => `Guest ${user.slice(-4)}`;
  return { alice, bob, aliceName: name(a), bobName: name(b) };
}

test("two users hold a conversation, with marks, typing, presence, a reload and a second tab", needsBrowser, async (t) => {
  const server = await Server.start(t, "--presence-grace", "1s");
  const { alice, bob, aliceName, bobName } = await joined(t, server);
  await presence(alice, `${bobName} online`);
  await presence(bob, `${aliceName} online`);

  await alice.box.pressSequentially("Hello");
  await typing(bob).filter({ hasText: `${aliceName} is typing…` }).waitFor();
  assert.equal(await typing(alice).count(), 0);
  await alice.box.press("Enter");
  await hearsPerson(bob, aliceName, "Hello");
  await typing(bob).waitFor({ state: "detached" });
  await marks(alice, ["Hello read"]);

  await bob.box.pressSequentially("Hi");
  await typing(alice).filter({ hasText: `${bobName} is typing…` }).waitFor();
  await bob.box.press("Escape");
  await typing(alice).waitFor({ state: "detached" });
  await bob.say("Hi Alice");
  await hearsPerson(alice, bobName, "Hi Alice");
  await marks(bob, ["Hi Alice read"]);

  for (const chat of [alice, bob]) {
    const before = await chat.transcript();
    await chat.page.reload();
    await chat.page.locator("#log .bubble").nth(before.length - 1).waitFor();
    assert.deepEqual(await chat.transcript(), before);
  }
  await marks(alice, ["Hello read"]);
  await marks(bob, ["Hi Alice read"]);
  const tab = await Chat.open(t, alice.page.context(), alice.page.url());
  await hearsPerson(tab, bobName, "Hi Alice");
  assert.deepEqual(await tab.transcript(), await alice.transcript());
  await marks(tab, ["Hello read"]);
  await tab.page.close();

  await bob.page.close();
  await presence(alice, `${bobName} last seen`);
  await alice.say("Are you there?");
  await marks(alice, ["Hello read", "Are you there? sent"]);
  await alice.assertFits();
  alice.assertQuiet();
  bob.assertQuiet();
});

test("a page in the background receives, and reads once it is looked at", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const { alice, bob, bobName } = await joined(t, server);
  await presence(alice, `${bobName} online`);
  await hide(bob.page, true);
  await presence(alice, `${bobName} away`);
  await alice.say("Look here");
  await marks(alice, ["Look here delivered"]);
  await hide(bob.page, false);
  await presence(alice, `${bobName} online`);
  await marks(alice, ["Look here read"]);
  alice.assertQuiet();
  bob.assertQuiet();
});

test("with a bot alone nothing is marked, and nothing is told of the reader", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const chat = await Chat.open(t, browser(), server.url, DESKTOP);
  const told = [];
  chat.page.on("request", (request) => {
    if (/\/(?:typing|receipts|presence)$/u.test(request.url())) told.push(request.url());
  });
  await chat.hears("Which exchange");
  await chat.box.pressSequentially("lse");
  await chat.box.press("Enter");
  await chat.hears("which stock");
  await chat.agreesWithLog();
  await chat.box.pressSequentially("gs");
  await chat.box.press("Escape");
  assert.equal(await chat.page.getByTestId("mark").count(), 0);
  assert.equal(await chat.page.getByTestId("people").count(), 0);
  assert.deepEqual(told, []);
});

/** The agent's page, signed in. */
const desk = (t, server, name, size = DESKTOP) =>
  Chat.open(t, browser(), `${server.url}agent#token=${server.token(name, "agent")}`, size);

const list = (chat, name) => chat.page.getByTestId(name).getByRole("listitem").getByRole("button");
const standing = (chat, is) => chat.page.locator(`[data-testid=case][data-standing=${is}]`).waitFor();

/** A user who waits for a person. */
async function waits(t, server, size) {
  const user = await Chat.open(t, browser(), server.url, size);
  await user.hears("Which exchange");
  await user.choose("London Stock Exchange");
  await user.hears("which stock");
  await user.say("talk to a person");
  await user.page.getByTestId("line").waitFor();
  return user;
}

test("a user and an agent hold a conversation, with typing, read marks, a reload on each side, and the return to the bot", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const agent = await desk(t, server, "bob");
  await agent.page.getByText("Nobody waits for a person.").waitFor();
  assert.equal(new URL(agent.page.url()).hash, "");
  await assertAccessible(agent, "nobody waits");
  const user = await waits(t, server, PHONE);
  await user.page.getByText("You’re first in the line.").waitFor();

  const waiting = list(agent, "waiting");
  await waiting.waitFor();
  assert.match(await waiting.innerText(), /1\s+Guest [\w-]{4}.*now.*Handoff › Waiting for agent/su);
  await waiting.click();
  await standing(agent, "waiting");
  await agent.page.getByText("which stock would you like to see?").waitFor();
  assert.equal(await agent.box.isDisabled(), true);
  await agent.page.locator(".statechart .live").first().waitFor({ state: "attached" });
  await assertAccessible(agent, "reading along");
  assert.equal(await user.page.getByTestId("people").count(), 0);

  await agent.button("Take").click();
  await standing(agent, "mine");
  await list(agent, "mine").waitFor();
  await presence(user, "bob online");
  await user.page.getByTestId("line").waitFor({ state: "detached" });

  await agent.box.pressSequentially("Hello");
  await typing(user).filter({ hasText: "bob is typing…" }).waitFor();
  await agent.box.press("Enter");
  await hearsPerson(user, "bob", "Hello");
  await marks(agent, ["Hello read"]);
  await user.box.pressSequentially("Hi bob");
  await typing(agent).filter({ hasText: /Guest .{4} is typing…/u }).waitFor();
  await assertAccessible(user, "with a person");
  await assertAccessible(agent, "with a user");
  await user.box.press("Enter");
  await agent.page.locator("#log .is-person").getByText("Hi bob", { exact: true }).waitFor();
  await marks(user, ["Hi bob read"]);
  await user.assertFits();

  for (const chat of [user, agent]) {
    const before = await chat.transcript();
    await chat.page.reload();
    await chat.page.locator("#log .bubble").nth(before.length - 1).waitFor();
    assert.deepEqual(await chat.transcript(), before);
  }
  await standing(agent, "mine");
  await marks(user, ["Hi bob read"]);
  await marks(agent, ["Hello read"]);
  await agent.say("Still here");
  await hearsPerson(user, "bob", "Still here");
  await user.say("Good");
  await agent.page.locator("#log .is-person").getByText("Good", { exact: true }).waitFor();

  await agent.button("Give back").click();
  await standing(agent, "ended");
  await user.option("GSK PLC").waitFor();
  await user.page.getByTestId("people").waitFor({ state: "detached" });
  await user.choose("GSK PLC");
  await user.hears("1,574.80 GBX");
  assert.equal(await agent.page.getByText("1,574.80 GBX").count(), 0);
  await assertAccessible(agent, "given back");
  user.assertQuiet();
  // What it followed does not exist for it any more, as its stream learns.
  agent.assertQuiet(FAILED_REQUESTS);
});

test("the user goes back to the bot, and the agent's page says so", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const agent = await desk(t, server, "bob");
  const user = await waits(t, server, DESKTOP);
  await list(agent, "waiting").click();
  await agent.button("Take").click();
  await standing(agent, "mine");
  await user.choose("Back to the bot");
  await standing(agent, "ended");
  assert.equal(await agent.box.isDisabled(), true);
  assert.equal(await list(agent, "mine").count(), 0);
  user.assertQuiet();
  agent.assertQuiet(FAILED_REQUESTS);
});

test("two agents reach for one conversation: one has it, the other is told so", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const [bob, eve] = [await desk(t, server, "bob"), await desk(t, server, "eve", PHONE)];
  await waits(t, server, DESKTOP);
  for (const agent of [bob, eve]) await list(agent, "waiting").click();
  // Eve's press is held up until Bob has it; what her page hears of that comes later still.
  const held = deferred();
  const taken = deferred();
  await eve.page.route("**/agent", async (route) => {
    held.resolve();
    await taken.promise;
    await route.continue();
  });
  await standing(eve, "waiting");
  await eve.button("Take").click();
  await held.promise;
  await bob.button("Take").click();
  await standing(bob, "mine");
  await list(eve, "waiting").first().waitFor({ state: "detached" });
  taken.resolve();
  await eve.page.getByTestId("refusal").filter({ hasText: "Another agent has taken it already." }).waitFor();
  await standing(eve, "ended");
  await eve.assertFits();
  await assertAccessible(eve, "taken by another");
  eve.assertQuiet(FAILED_REQUESTS);
});

test("what is written for one conversation stays with it, and news of another is marked", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const agent = await desk(t, server, "bob");
  const first = await waits(t, server, DESKTOP);
  await list(agent, "waiting").click();
  await agent.button("Take").click();
  await standing(agent, "mine");
  await agent.box.fill("for the first");
  const second = await waits(t, server, DESKTOP);
  await list(agent, "waiting").click();
  assert.equal(await agent.box.inputValue(), "");
  await first.say("Are you there?");
  await list(agent, "mine").filter({ hasText: "New" }).click();
  await agent.page.locator("#log .is-person").getByText("Are you there?").waitFor();
  assert.equal(await agent.box.inputValue(), "for the first");
  await list(agent, "mine").filter({ hasText: "New" }).waitFor({ state: "detached" });
  second.assertQuiet();
});

test("by keyboard alone, and on a phone, where the lists fold", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const agent = await desk(t, server, "bob");
  const phone = await desk(t, server, "eve", TOUCH);
  const user = await waits(t, server, DESKTOP);
  await agent.tabTo(list(agent, "waiting"));
  await agent.page.keyboard.press("Enter");
  await agent.tabTo(agent.button("Take"));
  await agent.page.keyboard.press("Enter");
  await standing(agent, "mine");
  await agent.page.waitForFunction(() => document.activeElement?.id === "message");
  await agent.page.keyboard.type("By hand");
  await agent.page.keyboard.press("Enter");
  await hearsPerson(user, "bob", "By hand");
  await agent.tabTo(agent.button("Give back"), "Shift+Tab");
  await agent.page.keyboard.press("Enter");
  await standing(agent, "ended");

  await user.say("talk to a person");
  await list(phone, "waiting").tap();
  await standing(phone, "waiting");
  assert.equal(await phone.page.getByTestId("waiting").isVisible(), false);
  await phone.assertFits();
  await assertAccessible(phone, "a conversation on a phone");
  await phone.button("Machine").tap();
  await phone.page.locator(".statechart .live").first().waitFor({ state: "attached" });
  await phone.assertFits();
  await phone.button("Machine").tap();
  await phone.button("Back to the conversations").tap();
  await list(phone, "waiting").waitFor();
  await assertAccessible(phone, "the lists on a phone");
  agent.assertQuiet();
  phone.assertQuiet();
});

test("without a cookie, and as a user, the page says how to get in", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const stranger = await Chat.open(t, browser(), `${server.url}agent`, PHONE);
  const notice = stranger.page.getByTestId("signin");
  await notice.filter({ hasText: "You are not signed in." }).waitFor();
  await assertAccessible(stranger, "not signed in");
  await stranger.assertFits();
  await stranger.page.goto(server.url);
  await stranger.hears("Which exchange");
  await stranger.page.goto(`${server.url}agent`);
  await notice.filter({ hasText: "not as an agent" }).waitFor();
  await stranger.page.goto(`${server.url}agent#token=no-token`);
  await notice.filter({ hasText: "not good any more" }).waitFor();
  await stranger.page.goto(`${server.url}agent#token=${server.token("bob", "agent")}`);
  await stranger.page.getByTestId("waiting").waitFor();
  assert.equal(new URL(stranger.page.url()).hash, "");
  stranger.assertQuiet(FAILED_REQUESTS);
});

function deferred() {
  let resolve;
  const promise = new Promise((done) => { resolve = done; });
  return { promise, resolve };
}

/** What a browser says to a page whose tab is put behind another; Chromium without a window never does. */
const hide = (page, hidden) => page.evaluate((hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
  Object.defineProperty(document, "visibilityState", { configurable: true, value: hidden ? "hidden" : "visible" });
  document.dispatchEvent(new Event("visibilitychange"));
}, hidden);
