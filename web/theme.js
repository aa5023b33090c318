// Light, dark, or what the system says. Loaded before anything is drawn, so that no page flashes
// in the wrong colours. Storage may be forbidden; the choice then lasts as long as the page.

const KEY = "statechat.theme";
const THEMES = ["system", "light", "dark"];

let theme = read();
apply();

export const current = () => theme;
export const following = () => THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];

export function change() {
  theme = following();
  apply();
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Kept for this page only.
  }
}

function read() {
  try {
    const stored = localStorage.getItem(KEY);
    return THEMES.includes(stored) ? stored : "system";
  } catch {
    return "system";
  }
}

function apply() {
  document.documentElement.dataset.theme = theme;
}
