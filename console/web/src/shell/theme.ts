/** Light, dark, or what the system says. Kept in the browser; public/theme.js applies it before the first paint. */

import { effect, signal } from "@preact/signals";

export type Theme = "system" | "light" | "dark";

const KEY = "noctule.theme";
const kept = localStorage.getItem(KEY);
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

export const theme = signal<Theme>(kept === "light" || kept === "dark" ? kept : "system");

/** True where dark is shown now. Canvases read it to draw anew. */
export const isDark = signal(false);

effect(() => {
  if (theme.value === "system") {
    localStorage.removeItem(KEY);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(KEY, theme.value);
    document.documentElement.dataset.theme = theme.value;
  }
  decide();
});

systemIsDark.addEventListener("change", decide);

function decide(): void {
  isDark.value = theme.peek() === "dark" || (theme.peek() === "system" && systemIsDark.matches);
}
