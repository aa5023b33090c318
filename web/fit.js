// How large a picture is shown, and how far it is scrolled. Pure.

/** The picture's text is 12 px at its own size; smaller than 10 is hard to read. */
const SCALE_MIN = 10 / 12;

/** The scale at which `picture` fits into `room`, both `{width, height}`: never larger than life, and legible before all. */
export function fit(picture, room) {
  const byWidth = Math.min(1, room.width / picture.width);
  const whole = Math.min(byWidth, room.height / picture.height);
  return whole >= SCALE_MIN ? whole : Math.max(byWidth, SCALE_MIN);
}

const AROUND = 16;

/** Where to scroll along one axis so that `part` is seen: nowhere, if it is; else so that there is as much on both sides. */
export function scrolled({ start, size }, part) {
  const isSeen = part.start - AROUND >= start && part.start + part.size + AROUND <= start + size;
  return isSeen ? start : Math.max(0, part.start - Math.max(0, size - part.size) / 2);
}
