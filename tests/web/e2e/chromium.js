// The browser of the tests: the system's Chromium, with a profile that is new each time.
// `CHROMIUM` names another one.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];
const ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

function executable() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(canRun) ?? null;
}

function canRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const found = executable();
const maySkip = process.env.STATECHAT_TESTS_MAY_SKIP === "1";

/** What `test` takes as its options: it skips only where that was allowed. */
export const needsBrowser = { skip: found === null && maySkip ? "there is no Chromium" : false };
if (needsBrowser.skip) {
  process.stderr.write("skipped: there is no Chromium; install it, or name one in CHROMIUM\n");
}

/** One browser for the tests of a file. `browser()` is it, once the tests run. */
export function useBrowser() {
  let launched = null;
  before(async () => {
    if (needsBrowser.skip) return;
    if (found === null) throw new Error("there is no Chromium; install it, or name one in CHROMIUM");
    launched = await launch();
  });
  after(() => launched?.close());
  return () => launched;
}

export const launch = () =>
  chromium.launch({ executablePath: found, chromiumSandbox: false, args: ARGS });

export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 390, height: 844 } };
/** A phone's width, and a finger instead of a mouse. */
export const TOUCH = { ...PHONE, isMobile: true, hasTouch: true };

/** Motion, as whoever has not asked for less of it sees it. */
export const MOVING = { reducedMotion: "no-preference" };
