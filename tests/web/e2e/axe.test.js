// The page in each of its states, in both colours and at both widths, as axe-core sees it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible } from "./axe.js";
import { Chat } from "./chat.js";
import { DESKTOP, PHONE, needsBrowser, useBrowser } from "./chromium.js";
import { desk, list, standing, waits } from "./people.js";
import { Proxy } from "./proxy.js";
import { Server } from "./server.js";

const browser = useBrowser();

for (const colorScheme of ["light", "dark"]) {
  for (const [width, size] of [["a desktop", DESKTOP], ["a phone", PHONE]]) {
    test(`nothing to find in ${colorScheme}, on ${width}`, needsBrowser, async (t) => {
      const server = await Server.start(t, "--store", "memory");
      const proxy = await Proxy.start(t, server);
      const chat = await Chat.open(t, browser(), proxy.url, { ...size, colorScheme });
      const check = async (when) => {
        await assertAccessible(chat, when);
        await chat.assertFits();
      };
      await chat.hears("Which exchange");
      await check("greeting");

      await chat.choose("London Stock Exchange");
      await chat.hears("which stock");
      proxy.holdAfter("event: transition");
      await chat.choose("GSK PLC");
      await chat.page.getByTestId("typing").waitFor();
      await check("typing");

      proxy.release();
      await chat.hears("1,574.80 GBX");
      await chat.page.getByTestId("typing").waitFor({ state: "detached" });
      await check("price");

      const fold = chat.page.locator("header").getByRole("button", { name: "Machine" });
      if (size === PHONE) await fold.click();
      await chat.page.locator(".statechart .live").waitFor();
      await check("machine");
      await chat.page.locator(".state[data-state=FetchQuote] .state-button").press("Enter");
      await chat.page.getByTestId("details").waitFor();
      await check("details of a state");
      await chat.page.keyboard.press("Escape");
      await chat.page.locator(".transition[data-from=ShowPrice]").focus();
      await chat.page.locator(".tip").waitFor();
      await check("what a transition says");
      if (size === PHONE) await fold.click();

      proxy.answer(/\/messages$/u, 422, JSON.stringify({ detail: "That cannot be said here." }));
      await chat.say("this is refused");
      await chat.page.getByText("Not sent: that cannot be said here.").waitFor();
      await chat.box.fill("x".repeat(1_990));
      await check("a message was refused, and a long one is being written");
      await chat.box.fill("");

      await proxy.refuse();
      await chat.page.getByTestId("trouble").waitFor();
      await chat.say("go back");
      await chat.page.getByText("trying again").first().waitFor();
      await check("no connection");

      await server.restart();
      await proxy.accept();
      await chat.notice.waitFor();
      await chat.page.getByText("Not sent: the server no longer has this conversation.").waitFor();
      await check("gone");
      assert.deepEqual([await chat.button("Edit").count(), await chat.button("Discard").count()], [0, 2]);
    });
  }
}

for (const [width, size] of [["a desktop", DESKTOP], ["a phone", PHONE]]) {
  test(`nothing to find on the agents' page in the dark, on ${width}`, needsBrowser, async (t) => {
    const server = await Server.start(t);
    const proxy = await Proxy.start(t, server);
    const agent = await desk(t, browser(), { url: proxy.url, token: (...who) => server.token(...who) }, "bob", { ...size, colorScheme: "dark" });
    await waits(t, browser(), server);
    await list(agent, "waiting").waitFor();
    await assertAccessible(agent, "one waits");
    await list(agent, "waiting").click();
    await standing(agent, "waiting");
    await server.notify({ to: { user: "bob" }, event: "news", data: { title: "Bonds", text: "The desk closes early. ".repeat(12) } });
    await agent.page.getByTestId("toast").waitFor();
    proxy.answer(/\/agent$/u, 409, JSON.stringify({ code: "taken" }));
    await agent.button("Take").click();
    await agent.page.getByTestId("refusal").waitFor();
    await assertAccessible(agent, "notified and refused");
    await agent.button("Take").click();
    await standing(agent, "mine");
    await agent.say("Hello");
    await assertAccessible(agent, "taken");
    await proxy.refuse();
    await agent.page.getByTestId("trouble").waitFor();
    await assertAccessible(agent, "no connection");
    await proxy.accept();
    await agent.page.evaluate(() => dispatchEvent(new Event("online")));
    await agent.page.getByTestId("trouble").waitFor({ state: "detached" });
    await agent.button("Give back").click();
    await standing(agent, "ended");
    await agent.assertFits();
    await assertAccessible(agent, "given back");
  });
}

test("nothing to find where a conversation cannot even be begun", needsBrowser, async (t) => {
  const server = await Server.start(t);
  const proxy = await Proxy.start(t, server);
  proxy.answer(/\/api\/sessions$/u, 403, JSON.stringify({ detail: "Not from here." }), Infinity);
  const chat = await Chat.open(t, browser(), proxy.url, PHONE);
  await chat.notice.filter({ hasText: "Not from here." }).waitFor();
  await assertAccessible(chat, "refused");
  proxy.answerNoMore();
  await chat.button("Try again").click();
  await chat.hears("Which exchange");
});
