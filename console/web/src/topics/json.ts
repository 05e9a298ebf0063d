/** JSON laid out in lines, each knowing whether it differs from another JSON value at the same place. */

export interface Line {
  /** Where it stands: unique among the lines. */
  path: string;
  depth: number;
  key: string | null;
  text: string;
  comma: string;
  kind: "string" | "number" | "word" | "mark";
  changed: boolean;
}

const NOTHING = Symbol("nothing to compare with");
// JSON of a stranger may be nested deeper than a stack is.
const DEEPEST = 60;

/** At most `limit` lines. Without `before` nothing is marked as changed. */
export function jsonLines(value: unknown, before: unknown, limit: number): Line[] {
  const lines: Line[] = [];
  add(
    lines,
    limit,
    { path: "$", depth: 0, key: null, last: true },
    value,
    before === undefined ? NOTHING : before,
  );
  return lines;
}

interface Place {
  path: string;
  depth: number;
  key: string | null;
  last: boolean;
}

function add(lines: Line[], limit: number, place: Place, value: unknown, before: unknown): void {
  if (lines.length >= limit) return;
  const { path, depth, key, last } = place;
  const comma = last ? "" : ",";
  if (typeof value !== "object" || value === null || isEmpty(value) || depth >= DEEPEST) {
    const text =
      depth >= DEEPEST && typeof value === "object" && value !== null ? "…" : JSON.stringify(value);
    const changed = before !== NOTHING && JSON.stringify(before) !== JSON.stringify(value);
    lines.push({ path, depth, key, text, comma, kind: kindOf(value), changed });
    return;
  }
  const list = Array.isArray(value);
  const entries = list ? value.map((item, at) => [at, item] as const) : Object.entries(value);
  const isNew =
    before !== NOTHING && (typeof before !== "object" || before === null || Array.isArray(before) !== list);
  lines.push({ path, depth, key, text: list ? "[" : "{", comma: "", kind: "mark", changed: isNew });
  entries.forEach(([name, item], at) => {
    const was =
      before === NOTHING ? NOTHING : isNew ? undefined : (before as Record<string | number, unknown>)[name];
    const inner = {
      path: `${path}/${String(name).replaceAll("/", "~1")}`,
      depth: depth + 1,
      key: list ? null : String(name),
      last: at === entries.length - 1,
    };
    add(lines, limit, inner, item, was);
  });
  if (lines.length < limit) {
    lines.push({
      path: `${path}/`,
      depth,
      key: null,
      text: list ? "]" : "}",
      comma,
      kind: "mark",
      changed: false,
    });
  }
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

function kindOf(value: unknown): Line["kind"] {
  switch (typeof value) {
    case "string":
      return "string";
    case "number":
      return "number";
    case "object":
      return value === null ? "word" : "mark";
    default:
      return "word";
  }
}
