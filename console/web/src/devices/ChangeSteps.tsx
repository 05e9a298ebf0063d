/** The way of a change: edited, sent, applied or refused, each with its time. */

import { now } from "../live/beat";
import { absolute, clock } from "../text/time";
import { cut } from "../text/visible";
import type { Progress } from "./change";

// From then on it is worth a word that the device has not answered.
const LONG_MILLIS = 5000;

export function ChangeSteps({ progress, edited }: { progress: Progress; edited: boolean }) {
  const steps = stepsOf(progress, edited);
  return (
    <div class="steps" role="status">
      {steps.length > 0 && (
        <ol>
          {steps.map(({ word, tone, at }) => (
            <li key={word} class={tone}>
              {word}
              {at !== null && <time title={absolute(at)}> {clock(at)}</time>}
            </li>
          ))}
        </ol>
      )}
      {progress.state === "refused" && (
        <ul class="reasons">
          {progress.reasons.map((reason) => (
            <li key={reason}>{cut(reason, 300)}</li>
          ))}
        </ul>
      )}
      {progress.state === "sent" && now.value - progress.sent > LONG_MILLIS && (
        <p class="quiet">The device has not answered yet. It gets the change as soon as it is connected.</p>
      )}
    </div>
  );
}

interface Step {
  word: string;
  tone: "" | "done" | "act";
  at: number | null;
}

function stepsOf(progress: Progress, edited: boolean): Step[] {
  switch (progress.state) {
    case "none":
      return edited ? [{ word: "Edited", tone: "", at: null }] : [];
    case "sending":
      return [{ word: "Sending", tone: "", at: progress.sent }];
    case "sent":
      return [{ word: "Sent", tone: "", at: progress.sent }];
    case "applied":
      return [
        { word: "Sent", tone: "", at: progress.sent },
        { word: "Applied", tone: "done", at: progress.at },
      ];
    case "refused":
      return [
        { word: "Sent", tone: "", at: progress.sent },
        { word: "Refused", tone: "act", at: progress.at },
      ];
  }
}
