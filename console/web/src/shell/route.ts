/** Where in the page we are. Everything has an address: `#/devices/greenhouse-1?range=24h`. */

import { computed, signal } from "@preact/signals";
import { parseRoute, type Route } from "./address";

const hash = signal(location.hash);

addEventListener("hashchange", () => {
  hash.value = location.hash;
});

export const route = computed<Route>(() => parseRoute(hash.value));

/** Goes there, with a step for the browser's back button unless `replace`. */
export function go(address: string, replace = false): void {
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  hash.value = location.hash;
}
