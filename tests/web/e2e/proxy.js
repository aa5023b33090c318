// What lies between a page and the server, and goes wrong: a proxy that cuts streams, refuses connections, answers
// by itself, loses answers and holds events back, each when a test says so. Otherwise it changes nothing.

import { EventEmitter, once } from "node:events";
import http from "node:http";

const END = "\n\n";

/** Emits `stream` when an event stream has begun, and `said` when a message was posted. */
export class Proxy extends EventEmitter {
  #server;
  #listener = null;
  #port = 0;
  #sockets = new Set();
  #streams = new Set();
  #held = [];
  #holding = null;
  #cutIn = null;
  #copies = 1;
  #answers = [];
  #losing = [];

  /** The bodies of all messages that were posted, in order, lost ones included. */
  posted = [];
  /** The addresses of all streams that were asked for. */
  streamAddresses = [];

  constructor(server) {
    super();
    this.#server = server;
  }

  static async start(t, server) {
    const proxy = new Proxy(server);
    t.after(() => proxy.refuse());
    await proxy.accept();
    return proxy;
  }

  get url() {
    return `http://127.0.0.1:${this.#port}/`;
  }

  get openStreams() {
    return this.#streams.size;
  }

  async accept() {
    this.#listener = http.createServer((request, response) => this.#pass(request, response));
    this.#listener.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
    this.#listener.listen(this.#port, "127.0.0.1");
    await once(this.#listener, "listening");
    this.#port = this.#listener.address().port;
  }

  /** Ends every connection, and takes no new ones until `accept`. */
  async refuse() {
    const listener = this.#listener;
    this.#listener = null;
    if (listener === null) return;
    const closed = once(listener, "close");
    listener.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  cutStreams() {
    for (const stream of this.#streams) stream.socket.destroy();
  }

  /** The next event that has `text` in it is sent by half, and then the stream is cut. */
  cutIn(text) {
    this.#cutIn = text;
  }

  /** Once an event that has `text` in it has passed, those after it wait until `release`. */
  holdAfter(text) {
    this.#holding = { text, begun: false };
  }

  release() {
    this.#holding = null;
    for (const [stream, block] of this.#held.splice(0)) stream.write(block);
  }

  /** Streams stay open and nothing comes through them any more, heartbeats included; new ones are as before. */
  silence() {
    for (const stream of this.#streams) stream.isSilent = true;
  }

  /** The next requests for `path` (a pattern) get this answer from here; for all of them if `times` is Infinity. */
  answer(path, status, body = "", times = 1) {
    this.#answers.push({ path, status, body, times });
  }

  /** Every event comes twice from now on. */
  repeat() {
    this.#copies = 2;
  }

  answerNoMore() {
    this.#answers = [];
  }

  /** The next `count` POSTs to `path` (a pattern) reach the server, and its answers do not reach the page. */
  loseAnswers(path, count) {
    this.#losing.push({ path, count });
  }

  #pass(request, response) {
    if (request.url.includes("/events?")) this.streamAddresses.push(request.url);
    const own = this.#answers.find(({ path, times }) => times > 0 && path.test(request.url));
    if (own) {
      own.times -= 1;
      request.resume();
      response.writeHead(own.status, { "content-type": "application/json" }).end(own.body);
      return;
    }
    const { method, url, headers } = request;
    const upstream = http.request({ host: "127.0.0.1", port: this.#server.port, method, path: url, headers, agent: false });
    upstream.on("response", (answer) => this.#answered(request, response, answer));
    upstream.on("error", () => response.socket?.destroy());
    response.on("close", () => upstream.destroy());
    if (isMessage(request)) this.#note(request);
    request.pipe(upstream);
  }

  #note(request) {
    let body = "";
    request.on("data", (chunk) => { body += chunk; });
    request.on("end", () => {
      this.posted.push(JSON.parse(body));
      this.emit("said");
    });
  }

  #answered(request, response, answer) {
    const lost = this.#losing.find(({ path, count }) => count > 0 && request.method === "POST" && path.test(request.url));
    if (lost) {
      lost.count -= 1;
      // Begun, and then cut: a browser that got nothing at all on a connection it had used before asks again by itself.
      response.writeHead(answer.statusCode, { "content-length": 100 });
      response.write("{", () => response.socket?.destroy());
      return;
    }
    response.writeHead(answer.statusCode, answer.headers);
    if (answer.headers["content-type"]?.startsWith("text/event-stream")) this.#stream(response, answer);
    else answer.pipe(response);
  }

  #stream(response, answer) {
    response.flushHeaders();
    this.#streams.add(response);
    response.once("close", () => this.#streams.delete(response));
    let rest = "";
    answer.setEncoding("utf8").on("data", (text) => {
      const blocks = (rest + text).split(END);
      rest = blocks.pop();
      for (const block of blocks) this.#event(response, block + END);
    });
    answer.on("end", () => response.end());
    answer.on("error", () => response.socket?.destroy());
    this.emit("stream");
  }

  #event(response, block) {
    if (response.isSilent || response.destroyed) return;
    if (this.#cutIn !== null && block.includes(this.#cutIn)) {
      this.#cutIn = null;
      response.write(block.slice(0, block.length / 2), () => response.socket?.destroy());
      response.isSilent = true;
      return;
    }
    if (this.#holding?.begun) {
      this.#held.push([response, block]);
      return;
    }
    if (this.#holding && block.includes(this.#holding.text)) this.#holding.begun = true;
    response.write(block.repeat(this.#copies));
  }
}

const isMessage = ({ method, url }) => method === "POST" && /\/messages$/u.test(url);
