// What an administrator sends, on the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Chat } from "./chat.js";
import { DESKTOP, PHONE, needsBrowser, useBrowser } from "./chromium.js";
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
