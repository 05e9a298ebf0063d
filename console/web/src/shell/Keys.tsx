/** The keys of the page, and the list of them that `?` opens. */

import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { go } from "./route";

export const keysShown = signal(false);

const KEYS: [string[], string][] = [
  [["/"], "Search"],
  [["g", "h"], "Home"],
  [["g", "d"], "Devices"],
  [["g", "t"], "Topics"],
  [["↑", "↓", "←", "→"], "Move in the tree of topics, open and close branches"],
  [["Esc"], "Leave the search, close a window"],
  [["?"], "This list"],
];

const PLACES: Record<string, string> = { h: "#/", d: "#/devices", t: "#/topics" };
const SEQUENCE_MILLIS = 1500;

/** Listens until the returned function is called. */
export function listenForKeys(): () => void {
  let pressedG = 0;
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    const place = PLACES[event.key];
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("search")?.focus();
    } else if (event.key === "?") {
      keysShown.value = true;
    } else if (place !== undefined && event.timeStamp - pressedG < SEQUENCE_MILLIS) {
      go(place);
    }
    pressedG = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
  };
  addEventListener("keydown", onKey);
  return () => removeEventListener("keydown", onKey);
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null
  );
}

export function Keys() {
  const dialog = useRef<HTMLDialogElement>(null);
  const shown = keysShown.value;
  useEffect(() => {
    if (shown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [shown]);
  const hide = () => {
    keysShown.value = false;
  };
  return (
    <dialog ref={dialog} onClose={hide} aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl class="keys">
        {KEYS.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={hide}>
        Close
      </button>
    </dialog>
  );
}
