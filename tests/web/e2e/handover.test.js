// What becomes of the agent's page when a conversation changes hands, and comes back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Chat } from "./chat.js";
import { DESKTOP, needsBrowser, useBrowser } from "./chromium.js";
import { desk, hearsPerson, list, standing, waits } from "./people.js";
import { Server } from "./server.js";

const browser = useBrowser();

const hears = (agent, text) => agent.page.locator("#log .is-person").getByText(text, { exact: true }).waitFor();

/** An agent who reads along where a user waits. */
async function readsAlong(t) {
  const server = await Server.start(t);
  const agent = await desk(t, browser(), server, "bob");
  const user = await waits(t, browser(), server);
  await list(agent, "waiting").click();
  await agent.page.getByText("which stock would you like to see?").waitFor();
  return { agent, user };
}

/** An agent who has a user's conversation. */
async function takes(t) {
  const both = await readsAlong(t);
  await both.agent.button("Take").click();
  await standing(both.agent, "mine");
  return both;
}

test("a conversation that comes back is heard and answered without being chosen anew", needsBrowser, async (t) => {
  const { agent, user } = await takes(t);
  await user.say("The first time");
  await hears(agent, "The first time");
  await agent.button("Give back").click();
  await standing(agent, "ended");
  await user.option("GSK PLC").waitFor();
  await user.say("talk to a person");
  await standing(agent, "waiting");
  await agent.page.locator("#log .is-person").getByText("talk to a person").nth(1).waitFor();
  await agent.button("Take").click();
  await standing(agent, "mine");
  await user.say("The second time");
  await hears(agent, "The second time");
  await agent.say("Here again");
  await hearsPerson(user, "bob", "Here again");
  // Nothing was asked for that does not exist for the agent.
  agent.assertQuiet();
  user.assertQuiet();
});

test("who takes a conversation hears it on, and is shown no break", needsBrowser, async (t) => {
  const { agent, user } = await readsAlong(t);
  await agent.page.evaluate(() => {
    globalThis.troubles = [];
    new MutationObserver(() => {
      const trouble = document.querySelector("[data-testid=trouble]");
      if (trouble) globalThis.troubles.push(trouble.innerText);
    }).observe(document.querySelector("#bar"), { childList: true, subtree: true });
  });
  await agent.button("Take").click();
  await standing(agent, "mine");
  await user.say("Hello");
  await hears(agent, "Hello");
  assert.deepEqual(await agent.page.evaluate(() => globalThis.troubles), []);
  agent.assertQuiet();
});

test("what is given back is shown to stand nowhere, since the page does not follow it", needsBrowser, async (t) => {
  const { agent, user } = await takes(t);
  await agent.page.locator(".statechart .live").first().waitFor({ state: "attached" });
  await agent.page.locator(".case-step").waitFor();
  await user.box.pressSequentially("I am about to");
  await agent.page.getByTestId("typing").waitFor();
  await agent.button("Give back").click();
  await standing(agent, "ended");
  for (const stale of [".case-step", ".crumbs", ".last-step", ".statechart .live", ".statechart .last", "#log .typing"]) {
    assert.equal(await agent.page.locator(stale).count(), 0, stale);
  }
  await agent.page.getByText("Not with you").waitFor();
});

test("a page that is put away has no stream open, and goes on with both when it comes back", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const agent = await Chat.open(t, browser(), "about:blank", DESKTOP);
  await agent.page.addInitScript(() => {
    globalThis.sources = [];
    globalThis.EventSource = class extends EventSource {
      constructor(...address) {
        super(...address);
        globalThis.sources.push(this);
      }
    };
  });
  await agent.page.goto(`${server.url}agent#token=${server.token("bob", "agent")}`);
  const user = await waits(t, browser(), server);
  await list(agent, "waiting").click();
  await agent.button("Take").click();
  await standing(agent, "mine");
  const turn = (name) => agent.page.evaluate((name) => {
    dispatchEvent(new PageTransitionEvent(name, { persisted: true }));
    return globalThis.sources.filter(({ readyState }) => readyState !== EventSource.CLOSED).length;
  }, name);
  assert.equal(await turn("pagehide"), 0);
  await user.say("Are you there?");
  assert.equal(await turn("pageshow"), 2);
  await hears(agent, "Are you there?");
});
