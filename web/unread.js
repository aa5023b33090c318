// How much was said out of the reader's sight since it was last seen.

import { isMine } from "./conversation.js";

export class Unread {
  /** Up to where the reader has been told; 0 before there was anything. */
  #seq = 0;
  count = 0;

  /** What is there when a conversation comes into view is not news; nor are one's own words. */
  look({ entries, seq, head }, { me, isSeen }) {
    const isCaughtUp = seq >= head;
    if (isSeen) this.count = 0;
    else if (this.#seq > 0 && isCaughtUp) {
      this.count += entries.filter((entry) => entry.seq > this.#seq && !isMine(entry.from, me)).length;
    }
    if (isCaughtUp) this.#seq = seq;
  }
}
