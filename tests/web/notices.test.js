// What a notification says on the page, and how long.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Notices, card } from "../../web/notices.js";
import { moment, timeOfDay } from "../../web/words.js";

test("a notification is said in words, whatever its data is", () => {
  for (const [event, data, name, texts] of [
    ["price-alert", "GSK is above 1,600", "Price alert", ["GSK is above 1,600"]],
    ["news", { text: "The auction begins" }, "News", ["The auction begins"]],
    ["news", { title: "Auction", text: "It begins", more: 1 }, "News", ["Auction", "It begins"]],
    ["build_done", null, "Build done", []],
    ["x", [1, 2], "X", []],
    ["x", 7, "X", []],
    ["x", { text: 7, title: " " }, "X", []],
    ["x", "a\u0000b<b>", "X", ["a\ufffdb<b>"]],
  ]) {
    assert.deepEqual(card({ event, data }), { name, texts }, JSON.stringify(data));
  }
  const [long] = card({ event: "x", data: "💩".repeat(8_000) }).texts;
  assert.equal([...long].length, 280);
  assert.ok(long.endsWith("💩…"));
});

test("when it was is the time of today, and the day with it of any other", () => {
  const noon = new Date(2026, 0, 2, 12).getTime();
  assert.equal(moment(noon - 3_600_000, noon), timeOfDay(noon - 3_600_000));
  assert.match(moment(noon - 86_400_000, noon), /\b2026\b/u);
  assert.ok(moment(noon - 86_400_000, noon).includes(timeOfDay(noon)));
  assert.equal(moment(new Date(noon).toISOString(), noon), timeOfDay(noon));
});

test("the newest three are shown, each once, until their time is up or somebody dismisses them", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let isPointedAt = false;
  const notices = new Notices({ onChange() {}, mayStay: () => isPointedAt });
  const shown = () => notices.shown.map(({ id }) => id);
  for (const id of ["a", "b", "b", "c", "d"]) notices.show({ id, event: "x", data: null, at: "2026-01-01T00:00:00Z" });
  assert.deepEqual(shown(), ["b", "c", "d"]);
  notices.dismiss("c");
  assert.deepEqual(shown(), ["b", "d"]);
  t.mock.timers.tick(11_999);
  assert.deepEqual(shown(), ["b", "d"]);
  isPointedAt = true;
  t.mock.timers.tick(1);
  assert.deepEqual(shown(), ["b", "d"]);
  isPointedAt = false;
  t.mock.timers.tick(2_000);
  assert.deepEqual(shown(), []);
});
