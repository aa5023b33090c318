// Tells the others that the reader writes: again while it goes on, and once when it is over. The server ends it by
// itself where the last word is lost, so nothing is tried again.

/** Below the server's 5 s, so that it does not end in between. */
export const AGAIN_MS = 3_000;

export class Composing {
  #say;
  #saidAt = null;

  /** `say(isTyping)` may fail: its promise's failure is nobody's concern. */
  constructor({ say }) {
    this.#say = (isTyping) => say(isTyping).catch(() => {});
  }

  /** The reader changed what is being written. */
  typed(text) {
    if (text.trim() === "") {
      this.ended();
      return;
    }
    if (this.#saidAt !== null && Date.now() - this.#saidAt < AGAIN_MS) return;
    this.#saidAt = Date.now();
    this.#say(true);
  }

  /** It was sent, or cleared. */
  ended() {
    if (this.#saidAt === null) return;
    this.#saidAt = null;
    this.#say(false);
  }
}
