// What an administrator sends, on the users' page and on the agents'.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Chat } from "./chat.js";
import { DESKTOP, PHONE, TOUCH, needsBrowser, useBrowser } from "./chromium.js";
import { desk, list, standing, waits } from "./people.js";
import { Server } from "./server.js";

const browser = useBrowser();

for (const [name, size] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  test(`a notification is shown as text and can be dismissed: ${name}`, needsBrowser, async (t) => {
    const server = await Server.start(t);
    const chat = await Chat.open(t, browser(), server.url, size);
    await chat.hears("Which exchange");
    const toast = chat.page.getByTestId("toast");
    const text = "<img src=x onerror=alert(1)> & GSK is above 1,600";
    await server.notify({ to: "all", event: "price-alert", data: { title: "GSK", text } });
    await toast.getByText(text, { exact: true }).waitFor();
    assert.match(await toast.innerText(), /^Price alert \d\d:\d\d\n+GSK\n+<img/u);
    assert.equal(await chat.page.locator(".toast img").count(), 0);
    const [box, header] = [await toast.boundingBox(), await chat.page.locator("#header").boundingBox()];
    assert.ok(box.y >= header.y + header.height && box.x >= 0, "it covers nothing of the header");
    await chat.button("Dismiss: Price alert").click();
    await toast.waitFor({ state: "detached" });
    // It is nothing that was said.
    await chat.choose("London Stock Exchange");
    await chat.hears("which stock");
    await chat.agreesWithLog();
    chat.assertQuiet();
  });
}

const LONG = "The desk for bonds closes early today, and what is not settled by then is settled tomorrow. ".repeat(3);
const EVENTS = ["first-news", "second-news", "third-news"];

async function notifyThrice(server, chat) {
  for (const event of EVENTS) await server.notify({ to: "all", event, data: { title: "Bonds", text: LONG } });
  await chat.page.getByTestId("toast").nth(2).waitFor();
  // Each comes from a little above its place.
  await chat.page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
}

/** Nothing lies over these. */
async function assertUncovered(chat, ...names) {
  for (const name of names) {
    const covered = await chat.page.locator(name).first().evaluate((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const places = [[left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2], [(left + right) / 2, (top + bottom) / 2]];
      return places.map(([x, y]) => document.elementFromPoint(x, y)).some((there) => there?.closest(".toast"));
    });
    assert.equal(covered, false, `${name} is covered`);
  }
}

test("three long ones leave free what one works with, on a phone", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const agent = await desk(t, browser(), server, "bob", PHONE);
  const user = await waits(t, browser(), server, PHONE);
  await list(agent, "waiting").click();
  await standing(agent, "waiting");
  await notifyThrice(server, agent);
  await assertUncovered(agent, "#header", "#case button.primary", ".case-back", "#composer");
  await agent.assertFits();
  await agent.button("Take").click();
  await standing(agent, "mine");
  await user.page.getByTestId("toast").nth(2).waitFor();
  await assertUncovered(user, "#header", "#composer");
  // What is cut short is there in full for who looks closer.
  const text = user.page.getByTestId("toast").first().locator("p").last();
  const height = () => text.evaluate(({ clientHeight }) => clientHeight);
  const short = await height();
  await user.button("Dismiss: First news").focus();
  await user.page.waitForFunction(([text, short]) => text.clientHeight > short, [await text.elementHandle(), short]);
  await assertUncovered(user, "#header", "#composer");
});

test("who dismisses one has the focus on the next, and at the end where it was before", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const chat = await Chat.open(t, browser(), server.url, DESKTOP);
  await chat.hears("Which exchange");
  await chat.option("London Stock Exchange").focus();
  await notifyThrice(server, chat);
  const focused = (name) => chat.page.waitForFunction((name) => {
    const { ariaLabel, innerText } = document.activeElement;
    return (ariaLabel ?? innerText) === name;
  }, name);
  const first = await chat.page.getByTestId("toast").first().elementHandle();
  await chat.button("Dismiss: Second news").focus();
  await chat.page.keyboard.press("Enter");
  await focused("Dismiss: Third news");
  assert.equal(await first.evaluate((toast) => toast.isConnected && toast.innerText.startsWith("First news")), true);
  await chat.page.keyboard.press("Enter");
  await focused("Dismiss: First news");
  await chat.page.keyboard.press("Enter");
  await focused("London Stock Exchange");
});

test("who dismisses one with a finger keeps no other from going in time", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const chat = await Chat.open(t, browser(), "about:blank", TOUCH);
  await chat.page.clock.install();
  await chat.page.goto(server.url);
  await chat.hears("Which exchange");
  await notifyThrice(server, chat);
  await chat.button("Dismiss: First news").tap();
  await chat.page.waitForFunction(() => document.activeElement?.ariaLabel === "Dismiss: Second news");
  await chat.page.clock.runFor(15_000);
  await chat.page.getByTestId("toast").first().waitFor({ state: "detached" });
});

test("an agent with a conversation open is notified once", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const agent = await desk(t, browser(), server, "bob");
  const user = await waits(t, browser(), server);
  await list(agent, "waiting").click();
  await agent.page.getByText("which stock would you like to see?").waitFor();
  // Of the user's one stream and the agent's two.
  assert.equal((await server.notify({ to: "all", event: "news", data: "Once" })).matched, 2);
  await agent.page.getByTestId("toast").getByText("Once").waitFor();
  // What is for a conversation is for all who have it open.
  const session = new URL(user.page.url()).searchParams.get("session");
  assert.equal((await server.notify({ to: { session }, event: "news", data: "Here" })).matched, 2);
  for (const { page } of [user, agent]) await page.getByTestId("toast").getByText("Here").waitFor();
  assert.equal(await agent.page.getByTestId("toast").count(), 2);
});

test("what was kept since another day says which", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const chat = await Chat.open(t, browser(), "about:blank", DESKTOP);
  await chat.page.clock.install({ time: Date.now() + 3 * 86_400_000 });
  await chat.page.goto(server.url);
  await chat.hears("Which exchange");
  await server.notify({ to: "all", event: "news", data: "Three days ago" });
  const time = chat.page.getByTestId("toast").locator("time");
  await time.waitFor();
  assert.match(await time.innerText(), /^\d+ \w+ \d{4}, \d\d:\d\d$/u);
  assert.match(await time.getAttribute("datetime"), /^\d{4}-\d\d-\d\dT/u);
});
