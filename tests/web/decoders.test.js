// Outside decoders read our bytes alike: each yields exactly the events that the server meant, however the bytes
// are cut.
//
// Reads stream and expected.jsonl, which `cargo test` writes; STATECHAT_EVENTS names another folder. STATECHAT_PYTHON
// names a Python that has requirements.txt installed.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const here = path => fileURLToPath(new URL(path, import.meta.url));
const folder = process.env.STATECHAT_EVENTS ?? here("../../target/tmp/events");
const python = process.env.STATECHAT_PYTHON ?? here("../../target/venv/bin/python");

const seed = Number(process.env.STATECHAT_SEED ?? 1);
console.log(`STATECHAT_SEED=${seed}`);

// Mulberry32: numbers from 0 to 1 that can be had again.
function dice(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// The bytes in pieces that are cut anywhere, within a character as well.
function* pieces(bytes) {
  const random = dice(seed);
  for (let start = 0; start < bytes.length; ) {
    const most = random() < 0.5 ? 16 : 4_096;
    const end = start + 1 + Math.floor(random() * most);
    yield bytes.subarray(start, end);
    start = end;
  }
}

const missing = ["stream", "expected.jsonl"].find(name => !existsSync(join(folder, name)));
const bytes = missing ? undefined : readFileSync(join(folder, "stream"));

function expected() {
  const lines = readFileSync(join(folder, "expected.jsonl"), "utf8").split("\n");
  return lines.slice(0, -1).map(line => JSON.parse(line));
}

// The same for a decoder that tells the last id with events that have none.
function expectedCarried() {
  let last = "";
  return expected().map(({ id, ...event }) => ({ id: (last = id ?? last), ...event }));
}

function same(found, meant) {
  for (const [place, event] of found.entries()) assert.deepEqual(event, meant[place], `event ${place}`);
  assert.equal(found.length, meant.length);
}

// A test that is skipped, aloud, without what it needs.
async function decoder(name, load, run) {
  let why = missing && `${join(folder, missing)} is not there: run cargo test first`;
  let loaded;
  try {
    loaded = await load();
  } catch (error) {
    why = error.message.split("\n")[0];
  }
  if (why) console.error(`${name} was skipped: ${why}`);
  test(`${name} reads what the server meant`, { skip: why ?? false }, () => run(loaded));
}

// Serves the bytes in their pieces while `read` reads them from an address.
async function served(read) {
  const server = createServer(async (_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    // Whoever hangs up early fails the test with what it got.
    await pipeline(Readable.from(pieces(bytes)), response).catch(() => {});
  });
  await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));
  try {
    return await read(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

await decoder("eventsource-parser", () => import("eventsource-parser"), ({ createParser }) => {
  const found = [];
  let retry = null;
  const parser = createParser({
    onEvent({ id = null, event, data }) {
      found.push({ id, event, data, retry });
      retry = null;
    },
    onRetry(time) {
      retry = time;
    },
    onError(error) {
      throw error;
    },
  });
  const text = new TextDecoder();
  for (const piece of pieces(bytes)) parser.feed(text.decode(piece, { stream: true }));
  same(found, expected());
});

await decoder("eventsource", () => import("eventsource"), async ({ EventSource }) => {
  const meant = expected().map(({ id, event, data }) => ({ id: id ?? "", event, data }));
  const found = await served(address => new Promise(resolve => {
    const [source, found] = [new EventSource(address), []];
    for (const name of new Set(["message", ...meant.map(({ event }) => event)])) {
      source.addEventListener(name, ({ lastEventId, type, data }) => found.push({ id: lastEventId, event: type, data }));
    }
    // The end of the stream. An EventSource would come again: it sets its timer after it has said so.
    source.addEventListener("error", () => setImmediate(() => {
      source.close();
      resolve(found);
    }));
  }));
  same(found, meant);
});

async function findPython() {
  if (!existsSync(python)) throw new Error(`${python} is not there: test.sh makes it`);
}

await decoder("httpx-sse", findPython, async () => {
  const found = await served(async address => {
    const child = spawn(python, [here("decoders.py"), address], { stdio: ["ignore", "pipe", "inherit"] });
    const exit = new Promise(resolve => child.once("exit", resolve));
    const found = [];
    for await (const line of createInterface({ input: child.stdout })) found.push(JSON.parse(line));
    assert.equal(await exit, 0);
    return found;
  });
  same(found, expectedCarried());
});
