// Takes the pictures that the documentation shows: the page with a conversation at a price, beside its machine, with
// the real server, then one state's details, or the machine on a phone; a user with an agent, on both their pages; the
// machine itself; and a change of one.
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
      const chat = await Chat.open(life, browser, server.url, { ...size, colorScheme, deviceScaleFactor: 2 });
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
  for (const colorScheme of ["light", "dark"]) {
    for (const size of [DESKTOP, TOUCH]) await takePeople(browser, { ...size, colorScheme });
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

/** A user and an agent in the middle of a conversation, and one more who waits. */
async function takePeople(browser, look) {
  const server = await Server.start(life);
  const options = { ...look, deviceScaleFactor: 1.5 };
  const agent = await Chat.open(life, browser, `${server.url}agent#token=${server.token("bob", "agent")}`, options);
  const user = await Chat.open(life, browser, server.url, options);
  await user.hears("Which exchange");
  await user.choose("London Stock Exchange");
  await user.hears("which stock");
  await user.say("talk to a person");
  const press = (name) => agent.page.getByTestId(name).getByRole("listitem").getByRole("button").click();
  await press("waiting");
  await agent.button("Take").click();
  await agent.page.locator("[data-standing=mine]").waitFor();
  await agent.say("Hello, I am Bob. What can I do for you?");
  await user.page.getByText("I am Bob").waitFor();
  await user.say("Is GSK still the best known of them?");
  await user.say("And how often are prices renewed?");
  await user.page.locator("[data-mark=read]").waitFor();
  await agent.say("It is. Each price says when it was quoted.");
  await user.page.getByText("It is.").waitFor();
  await agent.page.locator("[data-mark=read]").waitFor();

  const other = await Chat.open(life, browser, server.url, options);
  await other.hears("Which exchange");
  await other.say("talk to a person");
  await other.page.getByTestId("line").waitFor();
  await agent.page.locator("[data-testid=waiting] .case").waitFor({ state: "attached" });
  await user.box.pressSequentially("Thank");
  await agent.page.getByTestId("typing").waitFor();
  await agent.box.pressSequentially("You");
  await user.page.getByTestId("typing").waitFor();
  const name = `${look.viewport.width}${look.colorScheme === "dark" ? "-dark" : ""}`;
  for (const [page, what] of [[user, "people"], [agent, "agent"]]) {
    const path = join(folder, `${what}-${name}.png`);
    await page.page.locator("#log .typing-words").waitFor();
    await page.page.screenshot({ path });
    process.stderr.write(`${path}\n`);
  }
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
