/** A state: a word, and a dot whose colour and shape say the same. */

export type Tone = "ok" | "look" | "act" | "quiet";

export function Dot({ tone, word }: { tone: Tone; word: string }) {
  return (
    <span class={`state ${tone}`}>
      <svg class="dot" viewBox="0 0 10 10" aria-hidden="true">
        {tone === "ok" && <circle cx="5" cy="5" r="4" />}
        {tone === "look" && <path d="M5 .8 9.6 9H.4z" />}
        {tone === "act" && <rect x="1.2" y="1.2" width="7.6" height="7.6" rx="1" />}
        {tone === "quiet" && <circle class="hollow" cx="5" cy="5" r="3.2" />}
      </svg>
      {word}
    </span>
  );
}
