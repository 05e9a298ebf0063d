/** A command or value with a button that copies it. */

import { useSignal } from "@preact/signals";
import { CopyIcon, DoneIcon } from "../shell/icons";

const DONE_MILLIS = 2000;

export function CopyButton({ text, label }: { text: string; label: string }) {
  const state = useSignal<"" | "copied" | "failed">("");
  const copy = async () => {
    state.value = (await toClipboard(text)) ? "copied" : "failed";
    setTimeout(() => {
      state.value = "";
    }, DONE_MILLIS);
  };
  const said = { "": label, copied: "Copied", failed: "Not allowed: select and copy" }[state.value];
  return (
    <button
      type="button"
      class="small"
      onClick={copy}
      aria-label={state.value === "" ? label : said}
      title={label}
    >
      {state.value === "copied" ? <DoneIcon /> : <CopyIcon />}
      <span aria-live="polite">{state.value === "" ? "Copy" : said}</span>
    </button>
  );
}

export function Command({ text }: { text: string }) {
  return (
    <div class="command">
      <code>{text}</code>
      <CopyButton text={text} label="Copy the command" />
    </div>
  );
}

/** Browsers give pages their clipboard only over TLS or on this machine; elsewhere the old way may still work. */
async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "off-screen";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
