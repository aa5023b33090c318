// What was said out of sight: which of an agent's conversations have something new, and how much a user has missed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isNew, seen } from "../../web/agent/unread.js";
import { Unread } from "../../web/unread.js";

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

test("what others say out of sight is counted once, what one says oneself is not, and a look forgets it", () => {
  const said = (seq, id) => ({ seq, from: { kind: id === "stock" ? "bot" : "user", id } });
  const entries = [said(1, "stock"), said(2, "me"), said(3, "stock"), said(4, "eve")];
  const unread = new Unread();
  const look = (seq, isSeen, head = seq) => {
    unread.look({ entries: entries.slice(0, seq), seq, head }, { me: "me", isSeen });
    return unread.count;
  };
  assert.equal(look(1, false), 0, "history is not news");
  assert.equal(look(2, false), 0);
  assert.equal(look(3, false, 4), 0, "still coming in");
  assert.equal(look(4, false), 2);
  assert.equal(look(4, false), 2);
  assert.equal(look(4, true), 0);
});
