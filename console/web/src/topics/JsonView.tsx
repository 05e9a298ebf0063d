/** JSON as lines: keys, values, and a mark at what changed since the message before. */

import { visible } from "../text/visible";
import { jsonLines } from "./json";

const MAXIMUM_LINES = 500;

export function JsonView({ value, before, label }: { value: unknown; before?: unknown; label: string }) {
  const lines = jsonLines(value, before, MAXIMUM_LINES + 1);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which keys must be able to do.
    // biome-ignore lint/a11y/useSemanticElements: what it shows is preformatted.
    <pre class="json" role="region" tabIndex={0} aria-label={`${label} as JSON`}>
      {lines.slice(0, MAXIMUM_LINES).map((line) => (
        <div
          key={line.path}
          class={line.changed ? "changed" : undefined}
          style={{ paddingInlineStart: `${line.depth * 2}ch` }}
        >
          {line.key !== null && <span class="json-key">{visible(JSON.stringify(line.key))}: </span>}
          <span class={`json-${line.kind}`}>{visible(line.text)}</span>
          {line.comma}
          {line.changed && <span class="off-screen"> changed</span>}
        </div>
      ))}
      {lines.length > MAXIMUM_LINES && (
        <div class="quiet">… longer than {MAXIMUM_LINES} lines: see the text</div>
      )}
    </pre>
  );
}
