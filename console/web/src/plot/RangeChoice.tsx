/** Chooses the stretch of time that plots show. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { clock, isoDate } from "../text/time";
import { LABELS, LENGTHS, type Range, type RangeName } from "./range";

export interface RangeChoiceProps {
  range: Range;
  /** What is shown now. */
  bounds: [number, number];
  onChoose: (range: Range) => void;
}

export function RangeChoice({ range, bounds, onChoose }: RangeChoiceProps) {
  const open = useSignal(false);
  const custom = range.kind === "between" || open.value;
  const chosen = JSON.stringify(range);
  // Another stretch was chosen, here or in a plot: what was typed is done with.
  useEffect(() => {
    if (chosen !== "") open.value = false;
  }, [chosen, open]);
  const from = useSignal("");
  const to = useSignal("");

  const showCustom = () => {
    from.value = localText(bounds[0]);
    to.value = localText(bounds[1]);
    open.value = true;
  };
  const start = Date.parse(from.value);
  const end = Date.parse(to.value);
  const sensible = start < end;

  return (
    <>
      <fieldset class="choice">
        <legend class="off-screen">Stretch of time</legend>
        {(Object.keys(LENGTHS) as RangeName[]).map((name) => (
          <label key={name}>
            <input
              type="radio"
              name="range"
              checked={!custom && range.kind === "last" && range.name === name}
              onChange={() => {
                open.value = false;
                onChoose({ kind: "last", name });
              }}
            />
            <span>{LABELS[name]}</span>
          </label>
        ))}
        <label>
          <input type="radio" name="range" checked={custom} onChange={showCustom} onClick={showCustom} />
          <span>Custom</span>
        </label>
      </fieldset>
      {open.value && (
        <form
          class="custom-range"
          onSubmit={(event) => {
            event.preventDefault();
            if (!sensible) return;
            open.value = false;
            onChoose({ kind: "between", from: start, to: end });
          }}
        >
          <label class="field">
            <span>From</span>
            <input
              type="datetime-local"
              step="1"
              value={from.value}
              onInput={(event) => {
                from.value = event.currentTarget.value;
              }}
            />
          </label>
          <label class="field">
            <span>To</span>
            <input
              type="datetime-local"
              step="1"
              value={to.value}
              onInput={(event) => {
                to.value = event.currentTarget.value;
              }}
            />
          </label>
          <button type="submit" class="main" disabled={!sensible}>
            Show
          </button>
          {!sensible && <p class="field-error">The end must be after the beginning</p>}
        </form>
      )}
    </>
  );
}

/** As the browser's field wants it: local time without a zone. */
function localText(moment: number): string {
  return `${isoDate(new Date(moment))}T${clock(moment)}`;
}
