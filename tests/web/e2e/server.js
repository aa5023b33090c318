// The server under test: the real program on a free port of this machine, ended by its own process id.
// `STATECHAT_BIN` names another build of it.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const PROGRAM = process.env.STATECHAT_BIN
  ?? fileURLToPath(new URL("../../../target/debug/statechat", import.meta.url));

export class Server {
  #args;
  #child = null;
  // What the program may write goes here, and not to the home of whoever runs the tests.
  #home = mkdtempSync(join(tmpdir(), "statechat-e2e-"));

  constructor(args) {
    this.#args = args;
    this.port = 0;
  }

  /** `t` is the test that it lives as long as; `args` are the program's. */
  static async start(t, ...args) {
    const server = new Server(args);
    t.after(() => server.end());
    await server.#start();
    return server;
  }

  get url() {
    return `http://127.0.0.1:${this.port}/`;
  }

  /** A token for the user `sub`, minted beside the server; `more` are other arguments of the program's. */
  token(sub, role, ...more) {
    const minted = execFileSync(PROGRAM, ["token", "--sub", sub, "--role", role, ...more], { env: this.#env, encoding: "utf8" });
    return minted.trim();
  }

  get #env() {
    return { ...process.env, XDG_DATA_HOME: this.#home };
  }

  /** Sends a notification as an administrator. */
  async notify(body) {
    const headers = { authorization: `Bearer ${this.token("ops", "admin")}` };
    const answer = await fetch(new URL("api/notifications", this.url), { method: "POST", headers, body: JSON.stringify(body) });
    if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
    return answer.json();
  }

  async stop(signal = "SIGTERM") {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    process.kill(child.pid, signal);
    await ended;
  }

  /** Stops it and starts it at the same address. */
  async restart(signal = "SIGTERM") {
    await this.stop(signal);
    await this.#start();
  }

  async end() {
    await this.stop("SIGKILL");
    rmSync(this.#home, { recursive: true, force: true });
  }

  async #start() {
    const child = spawn(PROGRAM, ["--listen", `127.0.0.1:${this.port}`, ...this.#args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: this.#env,
    });
    this.#child = child;
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text) => { errors += text; });
    this.port = await new Promise((resolve, reject) => {
      let output = "";
      child.stdout.setEncoding("utf8").on("data", (text) => {
        output += text;
        const port = /http:\/\/127\.0\.0\.1:(\d+)\//u.exec(output)?.[1];
        if (port) resolve(Number(port));
      });
      child.once("error", (error) => reject(new Error(`${PROGRAM} cannot be started; build it first`, { cause: error })));
      child.once("exit", (code) => reject(new Error(`${PROGRAM} ended with ${code} before it listened:\n${errors}`)));
    });
  }
}
