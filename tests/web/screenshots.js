// Takes the pictures that the documentation shows: the page with a conversation at a price, beside its machine, with
// the real server, then one state's details, or the machine on a phone; the machine itself; and a change of one.
// `npm run screenshots` writes them to docs/; a folder as an argument writes them there.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Chat } from "./e2e/chat.js";
import { DESKTOP, TOUCH, launch } from "./e2e/chromium.js";
import { Server } from "./e2e/server.js";

const folder = process.argv[2] ?? fileURLToPath(new URL("../../docs", import.meta.url));
const PICTURES = [["page-1280", DESKTOP], ["page-390", TOUCH]];

const ending = [];
const life = { after: (end) => ending.push(end) };
try {
  const browser = await launch();
  life.after(() => browser.close());
  const server = await Server.start(life);
  for (const colorScheme of ["light", "dark"]) {
    for (const [name, size] of PICTURES) {
      const chat = await Chat.open(life, browser, server.url, { ...size, colorScheme, deviceScaleFactor: 2, reducedMotion: "reduce" });
      await talk(chat);
      const take = async (name) => {
        const path = join(folder, `${name}${colorScheme === "dark" ? "-dark" : ""}.png`);
        await chat.page.screenshot({ path });
        process.stderr.write(`${path}\n`);
      };
      await chat.page.locator(".statechart .live").waitFor({ state: "attached" });
      await take(name);
      if (size === TOUCH) await chat.button("Machine").click();
      else await chat.page.locator(".state[data-state=ChooseStock] .state-button").click();
      await take(size === TOUCH ? `${name}-machine` : `${name}-state`);
    }
  }
  await draw(browser, new URL("api/bots/stock/machine?format=svg", server.url).href, "machine");
  await draw(browser, deskDiff(), "diff");
} finally {
  for (const end of ending.toReversed()) await end();
}

/** The address of the picture of what became of the desk's machine. */
function deskDiff() {
  const temporary = mkdtempSync(join(tmpdir(), "statechat-"));
  life.after(() => rmSync(temporary, { recursive: true }));
  const [old, picture] = [join(temporary, "old.json"), join(temporary, "diff.svg")];
  const desk = join(dirname(process.env.STATECHAT_BIN), "examples", "desk");
  execFileSync(desk, ["--edition", "old", "export", "-o", old]);
  execFileSync(desk, ["diff", old, "--svg", picture]);
  return pathToFileURL(picture).href;
}

/** A picture of an SVG. */
async function draw(browser, url, name) {
  const page = await browser.newPage({ colorScheme: "light", deviceScaleFactor: 2 });
  await page.goto(url);
  const size = await page.evaluate(() => {
    const { width, height } = document.documentElement.viewBox.baseVal;
    return { width: Math.ceil(width), height: Math.ceil(height) };
  });
  await page.setViewportSize(size);
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path });
  process.stderr.write(`${path}\n`);
}

async function talk(chat) {
  await chat.hears("Which exchange");
  await chat.choose("London Stock Exchange");
  await chat.hears("which stock");
  await chat.choose("GSK PLC");
  await chat.hears("1,574.80 GBX");
  await chat.option("Refresh").waitFor();
}
