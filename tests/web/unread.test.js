// Which of an agent's conversations have something new.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isNew, seen } from "../../web/agent/unread.js";

const NOTHING = new Map();

test("what is there at first is not news, what comes later is, until the conversation is open", () => {
  const first = seen(NOTHING, [{ id: "a", head: 4 }, { id: "b", head: 9 }], null);
  const later = [{ id: "a", head: 6 }, { id: "b", head: 9 }];
  const unread = seen(first, later, null);
  assert.deepEqual(later.map((one) => isNew(unread, one)), [true, false]);
  assert.equal(isNew(seen(unread, later, "a"), later[0]), false);
});

test("a conversation that went and came back begins anew, and older lists take nothing back", () => {
  const first = seen(NOTHING, [{ id: "a", head: 4 }], "a");
  assert.equal(isNew(seen(seen(first, [], null), [{ id: "a", head: 8 }], null), { id: "a", head: 8 }), false);
  const open = seen(seen(first, [{ id: "a", head: 8 }], "a"), [{ id: "a", head: 6 }], "a");
  assert.equal(isNew(open, { id: "a", head: 8 }), false);
});
