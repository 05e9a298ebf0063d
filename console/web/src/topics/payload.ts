/** A payload as text, JSON or bytes. */

import { cut } from "../text/visible";
import type { Kept } from "./tree";

const strict = new TextDecoder("utf-8", { fatal: true });
const lenient = new TextDecoder();

const PREVIEW = 80;
const HEX_BYTES = 2048;

/** Null where it is not UTF-8. */
export function textOf(payload: Uint8Array): string | null {
  try {
    return strict.decode(payload);
  } catch {
    return null;
  }
}

/** Undefined where it is not JSON, or where only its beginning was kept. */
export function jsonOf(kept: Kept): unknown {
  if (kept.payload.length < kept.bytes) return undefined;
  const text = textOf(kept.payload);
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One short line. */
export function preview(kept: Kept): string {
  if (kept.bytes === 0) return "empty";
  const head = kept.payload.subarray(0, PREVIEW * 4);
  // The cut may go through a character, so that a strict look would call text binary.
  const text = lenient.decode(head);
  const odd = [...text].filter((character) => character === "�").length;
  return odd > 1 ? hexOf(head.subarray(0, 16)).trim() : cut(text, PREVIEW);
}

/** Bytes as pairs of digits, sixteen in a line, with their place before and their characters behind. */
export function hexDump(payload: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < Math.min(payload.length, HEX_BYTES); at += 16) {
    const row = payload.subarray(at, at + 16);
    const characters = [...row]
      .map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : "·"))
      .join("");
    lines.push(`${at.toString(16).padStart(6, "0")}  ${hexOf(row).padEnd(48)} ${characters}`);
  }
  if (payload.length > HEX_BYTES) lines.push("…");
  return lines.join("\n");
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => `${byte.toString(16).padStart(2, "0")} `).join("");
}
