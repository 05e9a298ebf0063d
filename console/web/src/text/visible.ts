/**
 * Text from strangers, made visible. Topics, payloads and client ids are written by whoever reaches the broker: what
 * would act on the text around it, or not be seen at all, is shown as its escape.
 */

// Controls, separators, format characters (among them those that turn the direction of writing), surrogates alone.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;
const INVISIBLE_BUT_LINES = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;

const SHORT: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return (
    SHORT[character] ??
    (code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`)
  );
}

/** One line. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, escapeOf);
}

/** Lines and tabs stay what they are. */
export function visibleLines(text: string): string {
  return text.replace(INVISIBLE_BUT_LINES, escapeOf);
}

/** At most `length` characters, and an ellipsis where some are missing. */
export function cut(text: string, length: number): string {
  const shown = visible(text.slice(0, length + 1));
  return text.length > length || shown.length > length ? `${shown.slice(0, length - 1)}…` : shown;
}
