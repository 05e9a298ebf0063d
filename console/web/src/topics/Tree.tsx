/** The tree of topics as an ARIA tree: arrows move, open and close. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { count, formatNumber, formatShort } from "../text/number";
import { cut } from "../text/visible";
import { preview } from "./payload";
import { type Branch, open, PAGE, type Row, type TopicTree } from "./tree";

export interface TreeProps {
  tree: TopicTree;
  /** Changes when the tree did. */
  version: number;
  now: number;
  selected: string | null;
  onSelect: (branch: Branch) => void;
  /** The tree is opened or closed somewhere. */
  onChange: () => void;
}

export function Tree({ tree, now, selected, onSelect, onChange }: TreeProps) {
  const rows = tree.rows(now);
  const focused = useSignal("");
  const list = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const at = Math.max(
    0,
    rows.findIndex((row) => keyOf(row) === focused.value),
  );

  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  });

  const moveTo = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row === undefined) return;
    moved.current = true;
    focused.value = keyOf(row);
    onChange();
  };

  const act = (row: Row) => {
    focused.value = keyOf(row);
    if (row.kind === "more") row.branch.limit += PAGE;
    else if (row.kind === "fresh") row.branch.settle();
    else {
      if (row.branch.last === null || row.branch.topic === selected) toggle(row.branch, now);
      else open(row.branch, now);
      if (row.branch.last !== null) onSelect(row.branch);
    }
    onChange();
  };

  const onKey = (event: KeyboardEvent) => {
    const row = rows[at];
    if (row === undefined) return;
    const branch = row.kind === "branch" ? row.branch : null;
    const keys: Record<string, () => void> = {
      ArrowDown: () => moveTo(at + 1),
      ArrowUp: () => moveTo(at - 1),
      Home: () => moveTo(0),
      End: () => moveTo(rows.length - 1),
      Enter: () => act(row),
      " ": () => act(row),
      ArrowRight: () => {
        if (branch === null || branch.children.size === 0) return;
        if (branch.open) moveTo(at + 1);
        else open(branch, now);
        onChange();
      },
      ArrowLeft: () => {
        if (branch?.open) {
          branch.open = false;
          onChange();
        } else {
          moveTo(
            rows.findLastIndex(
              (other, index) => index < at && other.kind === "branch" && other.level < row.level,
            ),
          );
        }
      },
    };
    const action = keys[event.key];
    if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  };

  return (
    <div class="tree" role="tree" aria-label="Topics" ref={list} onKeyDown={onKey}>
      {rows.map((row, index) => (
        <TreeRow
          key={keyOf(row)}
          row={row}
          now={now}
          current={index === at}
          selected={row.kind === "branch" && row.branch.topic === selected}
          onAct={() => act(row)}
          onTwist={() => {
            focused.value = keyOf(row);
            toggle(row.branch, now);
            onChange();
          }}
        />
      ))}
    </div>
  );
}

interface RowProps {
  row: Row;
  now: number;
  current: boolean;
  selected: boolean;
  onAct: () => void;
  onTwist: () => void;
}

function TreeRow({ row, now, current, selected, onAct, onTwist }: RowProps) {
  const { branch, level, kind } = row;
  const indent = { paddingInlineStart: `${8 + (level - 1) * 16}px` };
  if (kind !== "branch") {
    const words =
      kind === "fresh"
        ? `${branch.fresh.length} new`
        : `${count(branch.shown.length - branch.limit, "more topic")}`;
    return (
      <div
        class="tree-row tree-note"
        role="treeitem"
        aria-level={level}
        aria-selected={false}
        tabIndex={current ? 0 : -1}
        style={indent}
        onClick={onAct}
      >
        {words}
      </div>
    );
  }
  const leaf = branch.children.size === 0;
  const rate = branch.rate(now);
  return (
    <div
      class="tree-row"
      role="treeitem"
      aria-level={level}
      aria-expanded={leaf ? undefined : branch.open}
      aria-selected={selected}
      tabIndex={current ? 0 : -1}
      style={indent}
      onClick={onAct}
    >
      <span
        class={leaf ? "twist leaf" : branch.open ? "twist open" : "twist"}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          if (!leaf) onTwist();
        }}
      />
      <bdi class="tree-name" title={branch.topic}>
        {branch.name === "" ? <i class="quiet">empty</i> : cut(branch.name, 60)}
      </bdi>
      {branch.last?.retain && <span class="badge">retained</span>}
      {branch.last !== null && <span class="tree-value">{preview(branch.last)}</span>}
      <span class="tree-count quiet">
        {formatShort(branch.count)}
        {rate > 0 && ` · ${rate < 100 ? formatNumber(Number(rate.toFixed(1))) : formatShort(rate)}/s`}
      </span>
    </div>
  );
}

function toggle(branch: Branch, now: number): void {
  if (branch.open) branch.open = false;
  else open(branch, now);
}

function keyOf(row: Row): string {
  return `${row.kind} ${row.branch.topic}`;
}
