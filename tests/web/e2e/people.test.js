// Users with each other, each in a browser of their own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Chat } from "./chat.js";
import { DESKTOP, PHONE, needsBrowser, useBrowser } from "./chromium.js";
import { hearsPerson, hide, marks, presence, typing } from "./people.js";
import { Server } from "./server.js";

const browser = useBrowser();

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
