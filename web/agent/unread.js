// Which of an agent's conversations have something new. Pure: a map from session to the head that the agent has seen.

/** What is there when a conversation first comes into view is not news; nor is anything in the open one. */
export function seen(heads, mine, open) {
  const next = new Map();
  for (const { id, head } of mine) {
    next.set(id, id === open ? Math.max(head, heads.get(id) ?? 0) : heads.get(id) ?? head);
  }
  return next;
}

export const isNew = (heads, { id, head }) => head > (heads.get(id) ?? head);
