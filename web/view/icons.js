// The page's few pictures, drawn in the colour of the text beside them.

import { html, svg } from "../vendor/lit-html/lit-html.js";

const icon = (paths) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"
  fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"
  >${paths}</svg>`;

export const machine = icon(svg`<rect x="3" y="3" width="18" height="18" rx="3"/><rect x="7" y="11" width="10" height="6" rx="1.5"/><path d="M7 7h5"/>`);
export const restart = icon(svg`<path d="M12 5v14M5 12h14"/>`);
export const light = icon(svg`<circle cx="12" cy="12" r="4"/><path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1"/>`);
export const dark = icon(svg`<path d="M20 14.2A8.2 8.2 0 0 1 9.8 4 8.2 8.2 0 1 0 20 14.2Z"/>`);
export const system = icon(svg`<circle cx="12" cy="12" r="8.25"/><path d="M12 3.75v16.5a8.25 8.25 0 0 0 0-16.5Z" fill="currentColor"/>`);
export const tick = icon(svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`);
export const ticks = icon(svg`<path d="m1.5 12.5 4.5 4.5L15.5 7.5M11 15.5l1.5 1.5L22 7.5"/>`);
export const back = icon(svg`<path d="M15 5l-7 7 7 7"/>`);
export const close = icon(svg`<path d="M6 6l12 12M18 6 6 18"/>`);
export const send = icon(svg`<path d="M12 19V5M6 11l6-6 6 6"/>`);
export const down = icon(svg`<path d="M12 5v14M6 13l6 6 6-6"/>`);
