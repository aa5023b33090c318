// Tells the server whether the page is looked at. Each stream counts as looked at until something else is said of it.

export class Attention {
  #say;
  #stream = null;
  #said = "active";

  /** `say(state, stream)` may fail in a way that passes; the next change, or the next stream, says it again. */
  constructor({ say }) {
    this.#say = say;
  }

  /** How things stand: the stream's name, null without one, and whether the page is to be seen. */
  async update(stream, isVisible) {
    if (stream === null) return;
    if (stream !== this.#stream) {
      this.#stream = stream;
      this.#said = "active";
    }
    const state = isVisible ? "active" : "away";
    if (state === this.#said) return;
    this.#said = state;
    await this.#say(state, stream).catch(() => {});
  }
}
