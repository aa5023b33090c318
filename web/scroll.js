// Keeps the end of the conversation in view for a reader who is there, and leaves one who has
// scrolled back alone.

const NEAR_PX = 64;

export class Scroll {
  #box;
  #atEnd = true;

  /** `onMove(atEnd)` hears when the reader arrives at the end or leaves it. */
  constructor(box, content, onMove) {
    this.#box = box;
    box.addEventListener("scroll", () => {
      const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
      if (atEnd === this.#atEnd) return;
      this.#atEnd = atEnd;
      onMove(atEnd);
    }, { passive: true });
    // A keyboard that opens or a composer that grows must not hide the last line.
    const resized = new ResizeObserver(() => this.settle());
    resized.observe(box);
    resized.observe(content);
  }

  get atEnd() {
    return this.#atEnd;
  }

  /** After drawing: back to the end, if that is where the reader was. */
  settle() {
    if (this.#atEnd) this.#box.scrollTop = this.#box.scrollHeight;
  }

  toEnd() {
    this.#atEnd = true;
    this.settle();
  }

  /** Draws more above what is seen without moving it. */
  holding(draw) {
    const fromEnd = this.#box.scrollHeight - this.#box.scrollTop;
    draw();
    this.#box.scrollTop = this.#box.scrollHeight - fromEnd;
  }
}
