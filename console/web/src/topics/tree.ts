/** The tree of topics seen so far, each with its last message. Bounded: what does not fit is counted. */

import type { Message } from "../live/broker";

export interface Kept extends Message {
  /** Length of the whole payload, of which only the beginning may be kept. */
  bytes: number;
}

export class Branch {
  readonly name: string;
  /** The whole topic up to here. */
  readonly topic: string;
  readonly level: number;
  readonly children = new Map<string, Branch>();
  /** The children in the order in which they are shown; those that came since wait in `fresh`. */
  shown: Branch[] = [];
  fresh: Branch[] = [];
  open = false;
  /** When its children were first shown, in milliseconds. */
  openedAt = 0;
  /** How many of `shown` are listed. */
  limit = PAGE;
  /** Messages here and below. */
  count = 0;
  last: Kept | null = null;
  before: Kept | null = null;
  #mark = { count: 0, time: 0, rate: 0 };

  constructor(name: string, topic: string, level: number) {
    this.name = name;
    this.topic = topic;
    this.level = level;
  }

  /** Messages a second here and below, measured between two looks at least two seconds apart. */
  rate(now: number): number {
    const { count, time } = this.#mark;
    if (time === 0) this.#mark = { count: this.count, time: now, rate: 0 };
    else if (now - time >= 2000) {
      this.#mark = { count: this.count, time: now, rate: ((this.count - count) * 1000) / (now - time) };
    }
    return this.#mark.rate;
  }

  /** Shows what waited, in order. */
  settle(): void {
    if (this.fresh.length === 0) return;
    this.shown = [...this.shown, ...this.fresh].sort(byName);
    this.fresh = [];
  }
}

export const PAGE = 200;
/** While a branch has just been opened, what it holds is still coming: it takes its place at once. */
const SETTLING_MILLIS = 2000;
const MAXIMUM_BRANCHES = 20_000;
const MAXIMUM_LEVELS = 100;
const MAXIMUM_KEPT_BYTES = 64 * 1024;
const MAXIMUM_ALL_BYTES = 32 * 1024 * 1024;

const collator = new Intl.Collator(undefined, { numeric: true });

function byName(one: Branch, other: Branch): number {
  return collator.compare(one.name, other.name);
}

export type Row =
  | { kind: "branch"; branch: Branch; level: number }
  | { kind: "fresh"; branch: Branch; level: number }
  | { kind: "more"; branch: Branch; level: number };

export class TopicTree {
  readonly root = new Branch("", "", 0);
  /** Messages of topics for which there was no room. */
  overflow = 0;
  topics = 0;
  #branches = 0;
  #bytes = 0;

  constructor(now: number) {
    this.root.open = true;
    this.root.openedAt = now;
  }

  add(message: Message): void {
    const names = message.topic.split("/");
    const branches: Branch[] = [this.root];
    let branch = this.root;
    for (const [at, name] of names.entries()) {
      const next = branch.children.get(name) ?? this.#grow(branch, name, at === 0, names.length);
      if (next === null) {
        this.overflow += 1;
        return;
      }
      branches.push(next);
      branch = next;
    }
    for (const one of branches) one.count += 1;
    if (branch.last === null) this.topics += 1;
    this.#keep(branch, message);
  }

  find(topic: string): Branch | null {
    let branch: Branch | undefined = this.root;
    for (const name of topic.split("/")) {
      branch = branch.children.get(name);
      if (branch === undefined) return null;
    }
    return branch;
  }

  /** Opens all that stands above the topic. */
  reveal(topic: string, now: number): void {
    let branch: Branch | undefined = this.root;
    for (const name of topic.split("/")) {
      open(branch, now);
      branch = branch.children.get(name);
      if (branch === undefined) return;
    }
  }

  /** What is to be seen, from the top. */
  rows(now: number): Row[] {
    const rows: Row[] = [];
    list(this.root, now, rows);
    return rows;
  }

  #grow(parent: Branch, name: string, top: boolean, levels: number): Branch | null {
    if (this.#branches >= MAXIMUM_BRANCHES || levels > MAXIMUM_LEVELS) return null;
    const branch = new Branch(name, top ? name : `${parent.topic}/${name}`, parent.level + 1);
    this.#branches += 1;
    parent.children.set(name, branch);
    parent.fresh.push(branch);
    return branch;
  }

  #keep(branch: Branch, message: Message): void {
    const freed = branch.before?.payload.length ?? 0;
    const room = Math.min(MAXIMUM_KEPT_BYTES, Math.max(0, MAXIMUM_ALL_BYTES - this.#bytes + freed));
    // A copy, since what came is a view of the whole packet buffer.
    const payload = new Uint8Array(message.payload.subarray(0, room));
    this.#bytes += payload.length - freed;
    branch.before = branch.last;
    branch.last = { ...message, payload, bytes: message.payload.length };
  }
}

export function open(branch: Branch, now: number): void {
  if (branch.open) return;
  branch.open = true;
  branch.openedAt = now;
  branch.settle();
}

function list(parent: Branch, now: number, rows: Row[]): void {
  if (now - parent.openedAt < SETTLING_MILLIS || parent.shown.length === 0) parent.settle();
  for (const branch of parent.shown.slice(0, parent.limit)) {
    rows.push({ kind: "branch", branch, level: branch.level });
    if (branch.open) list(branch, now, rows);
  }
  if (parent.shown.length > parent.limit)
    rows.push({ kind: "more", branch: parent, level: parent.level + 1 });
  if (parent.fresh.length > 0) rows.push({ kind: "fresh", branch: parent, level: parent.level + 1 });
}
