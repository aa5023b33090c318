// A user with an agent, each in a browser of their own: who waits, who takes, and who gives back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible } from "./axe.js";
import { Chat, FAILED_REQUESTS } from "./chat.js";
import { DESKTOP, PHONE, TOUCH, needsBrowser, useBrowser } from "./chromium.js";
import { deferred } from "./deferred.js";
import { desk, hearsPerson, list, marks, presence, standing, typing, waits } from "./people.js";
import { Server } from "./server.js";

const browser = useBrowser();

test("a user and an agent hold a conversation, with typing, read marks, a reload on each side, and the return to the bot", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const agent = await desk(t, browser(), server, "bob");
  await agent.page.getByText("Nobody waits for a person.").waitFor();
  assert.equal(new URL(agent.page.url()).hash, "");
  await assertAccessible(agent, "nobody waits");
  const user = await waits(t, browser(), server, PHONE);
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
  const agent = await desk(t, browser(), server, "bob");
  const user = await waits(t, browser(), server, DESKTOP);
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
  const [bob, eve] = [await desk(t, browser(), server, "bob"), await desk(t, browser(), server, "eve", PHONE)];
  await waits(t, browser(), server, DESKTOP);
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
  const agent = await desk(t, browser(), server, "bob");
  const first = await waits(t, browser(), server, DESKTOP);
  await list(agent, "waiting").click();
  await agent.button("Take").click();
  await standing(agent, "mine");
  await agent.box.fill("for the first");
  const second = await waits(t, browser(), server, DESKTOP);
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
  const agent = await desk(t, browser(), server, "bob");
  const phone = await desk(t, browser(), server, "eve", TOUCH);
  const user = await waits(t, browser(), server, DESKTOP);
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

test("the way in names the address that the page has, under a base path too", needsBrowser, async (t) => {
  const server = await Server.start(t, "--base-path", "/bank/chat");
  const stranger = await Chat.open(t, browser(), `${server.url}bank/chat/agent`, PHONE);
  const notice = stranger.page.getByTestId("signin");
  await notice.getByRole("alert").filter({ hasText: "You are not signed in." }).waitFor();
  const ways = await notice.getByRole("listitem").allInnerTexts();
  assert.match(ways[0], / \/bank\/chat\/agent#token=TOKEN\.$/u);
  await stranger.page.goto(`${server.url}bank/chat/agent#token=${server.token("bob", "agent")}`);
  await stranger.page.getByTestId("waiting").waitFor();
  stranger.assertQuiet(FAILED_REQUESTS);
});
