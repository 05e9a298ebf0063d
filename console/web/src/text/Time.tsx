/** A moment in words, and exactly on hover and focus. */

import { now } from "../live/beat";
import { absolute, ago } from "./time";

export function Time({ moment }: { moment: number | null }) {
  if (moment === null) return <span class="quiet">never</span>;
  return (
    <time dateTime={new Date(moment).toISOString()} title={absolute(moment)}>
      {ago(moment, now.value)}
    </time>
  );
}
