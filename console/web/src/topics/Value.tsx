/** The last message of one topic: JSON with what changed, text, or bytes. */

import { useSignal } from "@preact/signals";
import { CopyButton } from "../text/Copy";
import { count, formatBytes } from "../text/number";
import { Time } from "../text/Time";
import { visible, visibleLines } from "../text/visible";
import { JsonView } from "./JsonView";
import { hexDump, jsonOf, textOf } from "./payload";
import type { Branch } from "./tree";

type View = "json" | "text" | "hex";
const NAMES: Record<View, string> = { json: "JSON", text: "Text", hex: "Bytes" };

/** `messages` changes when the branch did. */
export function Value({ branch, messages }: { branch: Branch; messages: number }) {
  const chosen = useSignal<View | null>(null);
  const { last, before } = branch;
  if (last === null) return null;
  const json = jsonOf(last);
  const text = textOf(last.payload);
  const views: View[] = [
    ...(json === undefined ? [] : ["json" as const]),
    ...(text === null ? [] : ["text" as const]),
    "hex",
  ];
  const view = chosen.value !== null && views.includes(chosen.value) ? chosen.value : (views[0] ?? "hex");
  return (
    <section class="panel value" aria-labelledby="value-title">
      <header class="panel-head">
        <h2 id="value-title" class="topic">
          <bdi>{visible(branch.topic)}</bdi>
        </h2>
        <CopyButton text={branch.topic} label="Copy the topic" />
      </header>
      <p class="quiet value-facts">
        <Time moment={last.time} /> · {count(messages, "message")} · QoS {last.qos} ·{" "}
        {formatBytes(last.bytes)}
        {last.retain && <span class="badge">retained</span>}
      </p>
      {last.bytes === 0 ? (
        <p class="quiet">An empty message</p>
      ) : (
        <>
          <fieldset class="choice">
            <legend class="off-screen">How to show the value</legend>
            {views.map((one) => (
              <label key={one}>
                <input
                  type="radio"
                  name="view"
                  checked={view === one}
                  onChange={() => {
                    chosen.value = one;
                  }}
                />
                <span>{NAMES[one]}</span>
              </label>
            ))}
          </fieldset>
          {view === "json" && (
            <JsonView
              value={json}
              before={before === null ? undefined : jsonOf(before)}
              label={visible(branch.topic)}
            />
          )}
          {view !== "json" && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which keys must be able to do.
            // biome-ignore lint/a11y/useSemanticElements: what it shows is preformatted.
            <pre class="json wrap" role="region" tabIndex={0} aria-label={NAMES[view]}>
              {view === "text" ? visibleLines(text ?? "") : hexDump(last.payload)}
            </pre>
          )}
          {last.payload.length < last.bytes && (
            <p class="quiet">Only the first {formatBytes(last.payload.length)} are kept here.</p>
          )}
        </>
      )}
    </section>
  );
}
