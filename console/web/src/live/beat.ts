/** The page's two clocks: one for what came in, one for how long ago that was. */

import { signal } from "@preact/signals";

const BEAT_MILLIS = 250;

/** Now, in whole seconds' steps. Everything that says "12 s ago" reads it. */
export const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, 1000);

/**
 * Collects work and does it at most four times a second, so that a thousand messages a second change a page as often as
 * one. Each piece of work stands in the set once, however often it was asked for.
 */
const waiting = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

export function onNextBeat(work: () => void): void {
  waiting.add(work);
  if (timer === undefined) timer = setTimeout(beat, BEAT_MILLIS);
}

function beat(): void {
  timer = undefined;
  const due = [...waiting];
  waiting.clear();
  for (const work of due) work();
}
