// A connection that breaks in every way it can: nothing that was said is lost, and nothing is said twice.

import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Chat, FAILED_REQUESTS } from "./chat.js";
import { DESKTOP, needsBrowser, useBrowser } from "./chromium.js";
import { Proxy } from "./proxy.js";
import { Server } from "./server.js";

const browser = useBrowser();

async function begin(t, ...args) {
  const server = await Server.start(t, ...args);
  const proxy = await Proxy.start(t, server);
  const chat = await Chat.open(t, browser(), proxy.url, DESKTOP);
  await chat.hears("Which exchange");
  return { server, proxy, chat };
}

const clientIds = (proxy) => proxy.posted.map(({ clientId }) => clientId);

/** Each message once, in the log and on the page, and as many of the reader's as were said. */
async function assertSaidOnce(chat, count) {
  const log = await chat.agreesWithLog();
  assert.equal(log.filter(({ mine }) => mine).length, count);
}

test("a stream cut between any two turns", needsBrowser, async (t) => {
  const { proxy, chat } = await begin(t);
  proxy.cutStreams();
  await chat.say("lse");
  await chat.hears("which stock");
  proxy.cutStreams();
  await chat.say("gsk");
  await chat.hears("1,574.80 GBX");
  proxy.cutStreams();
  await chat.say("main menu");
  await chat.hears("Which exchange");
  await assertSaidOnce(chat, 3);
  await chat.connection("Connected");
  chat.assertQuiet(FAILED_REQUESTS);
});

// Each is cut in the middle of: the reader's own message coming back, a step that says nothing, and an answer.
for (const [what, text] of [["one's own message", "\"kind\":\"user\""], ["a silent step", "event: transition"], ["an answer", "1,574.80"]]) {
  test(`a stream cut in the middle of ${what}`, needsBrowser, async (t) => {
    const { proxy, chat } = await begin(t);
    proxy.cutIn(text);
    await chat.say("price of gsk");
    await chat.hears("1,574.80 GBX");
    await assertSaidOnce(chat, 1);
    assert.equal(await chat.page.getByTestId("price").count(), 1);
    assert.equal(await chat.page.getByTestId("typing").count(), 0);
    chat.assertQuiet(FAILED_REQUESTS);
  });
}

test("no connection at all: it is said, what is written waits, and goes out once", needsBrowser, async (t) => {
  const { proxy, chat } = await begin(t);
  await proxy.refuse();
  await chat.connection(/Reconnecting in \d+ s/u);
  await chat.page.getByTestId("trouble").filter({ hasText: "The server cannot be reached." }).waitFor();
  await chat.say("lse");
  await chat.page.getByText("Not sent yet, trying again").waitFor();
  assert.deepEqual((await chat.transcript()).map(({ seq, text }) => [seq === null, text]).at(-1), [true, "lse"]);
  await proxy.accept();
  await chat.button("Reconnect now").click();
  await chat.hears("which stock");
  await chat.connection("Connected");
  await chat.page.getByTestId("trouble").waitFor({ state: "detached" });
  await assertSaidOnce(chat, 1);
  assert.equal(new Set(clientIds(proxy)).size, 1);
  chat.assertQuiet(FAILED_REQUESTS);
});

test("a reload in the middle of it loses nothing either", needsBrowser, async (t) => {
  const { proxy, chat } = await begin(t);
  proxy.answer(/\/messages$/u, 503, "", Infinity);
  await chat.say("lse");
  await chat.page.getByText("Not sent yet, trying again").waitFor();
  proxy.answerNoMore();
  await chat.page.reload();
  await chat.hears("which stock");
  await assertSaidOnce(chat, 1);
  chat.assertQuiet(FAILED_REQUESTS);
});

test("a stream that is answered with an error is asked for again, from where it was", needsBrowser, async (t) => {
  const { proxy, chat } = await begin(t);
  proxy.answer(/\/events\?/u, 502, "", 2);
  proxy.cutStreams();
  await chat.connection(/Reconnecting in/u);
  await chat.page.getByText("The connection was interrupted.").first().waitFor();
  await chat.say("lse");
  await chat.hears("which stock");
  await assertSaidOnce(chat, 1);
  assert.ok(proxy.streamAddresses.at(-1).includes("lastEventId=1."), proxy.streamAddresses.at(-1));
  chat.assertQuiet(FAILED_REQUESTS);
});

test("events that come twice count once", needsBrowser, async (t) => {
  const { proxy, chat } = await begin(t);
  proxy.repeat();
  await chat.say("price of gsk");
  await chat.hears("1,574.80 GBX");
  proxy.cutStreams();
  await chat.say("go back");
  await chat.hears("which stock");
  await assertSaidOnce(chat, 2);
  chat.assertQuiet(FAILED_REQUESTS);
});

test("a message whose answer is lost is said once", needsBrowser, async (t) => {
  const { proxy, chat } = await begin(t);
  // The stream would tell at once that the message is there; held back, only trying again can.
  proxy.holdAfter("event: connected");
  proxy.cutStreams();
  await once(proxy, "stream");
  proxy.loseAnswers(/\/messages$/u, 2);
  await chat.say("lse");
  while (proxy.posted.length < 3) await once(proxy, "said");
  proxy.release();
  await chat.hears("which stock");
  assert.equal(new Set(clientIds(proxy)).size, 1);
  await assertSaidOnce(chat, 1);
  chat.assertQuiet(FAILED_REQUESTS);
});

test("a first conversation that cannot be begun yet is asked for again", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const proxy = await Proxy.start(t, server);
  proxy.answer(/\/api\/sessions$/u, 503);
  const chat = await Chat.open(t, browser(), proxy.url, DESKTOP);
  await chat.connection(/Reconnecting in/u);
  await chat.hears("Which exchange");
  await chat.connection("Connected");
  chat.assertQuiet(FAILED_REQUESTS);
});

test("a further conversation whose answer is lost is begun once", needsBrowser, async (t) => {
  const { proxy, chat } = await begin(t);
  const old = chat.page.url();
  proxy.loseAnswers(/\/api\/sessions$/u, 1);
  await chat.button("New conversation").click();
  await chat.page.waitForFunction((old) => location.href !== old, old);
  const { sessions } = await chat.page.evaluate(async () => (await fetch("api/sessions")).json());
  assert.equal(sessions.length, 2);
  chat.assertQuiet(FAILED_REQUESTS);
});

test("several messages at once go out in order", needsBrowser, async (t) => {
  const { proxy, chat } = await begin(t);
  proxy.loseAnswers(/\/messages$/u, 1);
  for (const text of ["lse", "gsk", "main menu", "nyse"]) await chat.say(text);
  await chat.hears("New York Stock Exchange: which stock");
  const log = await chat.agreesWithLog();
  assert.deepEqual(log.filter(({ mine }) => mine).map(({ text }) => text), ["lse", "gsk", "main menu", "nyse"]);
  chat.assertQuiet(FAILED_REQUESTS);
});

test("a connection that is there and silent is noticed, and made anew", needsBrowser, async (t) => {
  const { proxy, chat } = await begin(t, "--heartbeat", "1s");
  proxy.silence();
  await chat.say("lse");
  await chat.hears("which stock");
  await assertSaidOnce(chat, 1);
  chat.assertQuiet();
});

test("a browser that is offline says so, and sends when it is back", needsBrowser, async (t) => {
  const { chat } = await begin(t);
  await chat.page.context().setOffline(true);
  await chat.connection("Offline");
  await chat.say("lse");
  await chat.page.getByText("Waiting to be sent").waitFor();
  await chat.page.context().setOffline(false);
  await chat.hears("which stock");
  await chat.connection("Connected");
  await assertSaidOnce(chat, 1);
  chat.assertQuiet(FAILED_REQUESTS);
});

for (const [how, signal] of [["stopped", "SIGTERM"], ["killed", "SIGKILL"]]) {
  test(`a server that was ${how} and comes back: the page goes on where it was, and nothing is there twice`, needsBrowser, async (t) => {
    const { server, chat } = await begin(t);
    const address = chat.page.url();
    await chat.say("price of gsk");
    await chat.hears("1,574.80 GBX");
    await server.stop(signal);
    await chat.connection(/Reconnecting/u);
    await chat.say("go back");
    await chat.page.getByText("Not sent yet, trying again").waitFor();
    await server.restart();
    await chat.hears("which stock");
    await chat.connection("Connected");
    await assertSaidOnce(chat, 2);
    await server.restart(signal);
    await chat.say("main menu");
    await chat.hears("Which exchange");
    await assertSaidOnce(chat, 3);
    assert.equal(chat.page.url(), address);
    await chat.page.reload();
    await chat.connection("Connected");
    await assertSaidOnce(chat, 3);
    chat.assertQuiet(FAILED_REQUESTS);
  });

  test(`a server that was ${how} and comes back without its log: gone is said, and a new one can begin`, needsBrowser, async (t) => {
    const { server, chat } = await begin(t, "--store", "memory");
    await chat.say("price of gsk");
    await chat.hears("1,574.80 GBX");
    const before = await chat.transcript();
    const old = chat.page.url();
    await server.stop(signal);
    await chat.connection(/Reconnecting/u);
    await server.restart();
    await chat.notice.filter({ hasText: "What was said stays readable here" }).waitFor();
    await chat.connection("Not connected");
    assert.deepEqual(await chat.transcript(), before);
    assert.equal(await chat.box.isDisabled(), true);
    assert.deepEqual(await chat.options, []);
    await chat.button("Start a new conversation").click();
    await chat.page.waitForFunction((old) => location.href !== old, old);
    const next = new Chat(chat.page);
    await next.connection("Connected");
    await next.say("lse");
    await next.hears("which stock");
    await next.agreesWithLog();
    chat.assertQuiet(FAILED_REQUESTS);
  });
}
