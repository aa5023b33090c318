// Coming in: by a site's token, by the link of the server's terminal, and not at all.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Chat, FAILED_REQUESTS } from "./chat.js";
import { DESKTOP, PHONE, needsBrowser, useBrowser } from "./chromium.js";
import { PROGRAM, Server } from "./server.js";

const browser = useBrowser();
const SECRET = "at least thirty-two bytes, as it must be";

/** A folder that is gone with the test. */
function folder(t) {
  const path = mkdtempSync(join(tmpdir(), "statechat-entrance-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A server that takes the tokens of a site, which is us. */
function begin(t) {
  const secret = join(folder(t), "secret");
  writeFileSync(secret, SECRET);
  return Server.start(t, "--auth", "jwt", "--jwt-secret-file", secret);
}

function token(seconds) {
  const now = Math.floor(Date.now() / 1_000);
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { sub: "ann@example.org", name: "Ann", iat: now, exp: now + seconds };
  const message = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${message}.${createHmac("sha256", SECRET).update(message).digest("base64url")}`;
}

const entered = (chat) => chat.page.getByTestId("entered");

test("who brings no token is told that one is needed, and who does comes in", needsBrowser, async (t) => {
  const server = await begin(t);
  const chat = await Chat.open(t, browser(), server.url, PHONE);
  await chat.notice.filter({ hasText: "You need to be signed in to talk here." }).waitFor();
  await chat.assertFits();
  await chat.page.goto(`${server.url}#token=nonsense`);
  await entered(chat).filter({ hasText: "the token in the link is not valid" }).waitFor();
  // Into a page that is open: no more than the part after the # changes.
  await chat.page.goto(`${server.url}#token=${token(600)}`);
  await entered(chat).filter({ hasText: "signed in as Ann until" }).waitFor();
  await chat.hears("Which exchange");
  assert.match(chat.page.url(), /\?session=[\w-]+$/u);
  await chat.assertFits();
  await chat.button("Close").click();
  await entered(chat).waitFor({ state: "detached" });
  await chat.page.reload();
  await chat.option("London Stock Exchange").waitFor();
  await chat.choose("London Stock Exchange");
  await chat.hears("which stock");
  chat.assertQuiet(FAILED_REQUESTS);
});

test("the end of a token is said, and what was said stays", needsBrowser, async (t) => {
  const server = await begin(t);
  const chat = await Chat.open(t, browser(), `${server.url}#token=${token(8)}`, DESKTOP);
  await chat.hears("Which exchange");
  await chat.notice.filter({ hasText: "Your sign-in has ended." }).waitFor();
  assert.equal((await chat.transcript()).length, 1);
  await chat.button("Start a new conversation").click();
  await chat.notice.filter({ hasText: "You need to be signed in to talk here." }).waitFor();
  chat.assertQuiet(FAILED_REQUESTS);
});

test("another tab's token keeps the conversation open beyond the end of the first", needsBrowser, async (t) => {
  const server = await begin(t);
  // Long enough for the other tab to come while it is good, however busy the machine is.
  const short = token(12);
  const chat = await Chat.open(t, browser(), `${server.url}#token=${short}`, DESKTOP);
  await chat.hears("Which exchange");
  const other = await Chat.open(t, chat.page.context(), `${server.url}#token=${token(600)}`);
  await other.hears("Which exchange");
  const { exp } = JSON.parse(Buffer.from(short.split(".")[1], "base64url"));
  assert.ok(Date.now() < exp * 1_000, "the other tab came too late");
  await chat.page.waitForFunction((at) => Date.now() > at, exp * 1_000 + 1_000);
  await chat.choose("London Stock Exchange");
  await chat.hears("which stock");
  chat.assertQuiet();
});

test("the link of the server's terminal makes an administrator, once", needsBrowser, async (t) => {
  // script(1) gives it a terminal.
  const serve = `${PROGRAM} --listen 127.0.0.1:0 --home ${folder(t)}`;
  const child = spawn("script", ["-qec", serve, "/dev/null"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  t.after(async () => {
    child.stdin.write("\u0003");
    await ended;
  });
  let said = "";
  let link = null;
  for await (const text of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    said += text;
    link = /http:\S+#code=\w+(?= )/u.exec(said)?.[0];
    if (link) break;
  }
  child.stdout.resume();
  const chat = await Chat.open(t, browser(), link, DESKTOP);
  await entered(chat).filter({ hasText: "signed in as administrator until" }).waitFor();
  await chat.hears("Which exchange");
  assert.match(chat.page.url(), /\?session=[\w-]+$/u);
  const revoked = await chat.page.evaluate(async () => (await fetch("api/tokens/nobody", { method: "DELETE" })).status);
  assert.equal(revoked, 204);
  const late = await Chat.open(t, browser(), link, DESKTOP);
  await entered(late).filter({ hasText: "the link was used before, or is too old" }).waitFor();
  await late.hears("Which exchange");
  chat.assertQuiet();
  late.assertQuiet(FAILED_REQUESTS);
});
