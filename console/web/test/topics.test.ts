import { describe, expect, it } from "vitest";
import type { Message } from "../src/live/broker";
import { jsonLines } from "../src/topics/json";
import { hexDump, jsonOf, preview, textOf } from "../src/topics/payload";
import { topicError } from "../src/topics/topic";
import { open, TopicTree } from "../src/topics/tree";

function message(topic: string, payload: string | Uint8Array = "1", retain = false): Message {
  const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
  return { topic, payload: bytes, retain, qos: 0, time: 0 };
}

function shown(tree: TopicTree, now: number): string[] {
  return tree
    .rows(now)
    .map(({ kind, branch }) => (kind === "branch" ? branch.topic : `${kind} ${branch.fresh.length}`));
}

describe("the tree of topics", () => {
  it("counts messages in each branch above", () => {
    const tree = new TopicTree(0);
    tree.add(message("a/b"));
    tree.add(message("a/c"));
    tree.add(message("a"));
    expect([tree.find("a")?.count, tree.find("a/b")?.count, tree.root.count, tree.topics]).toEqual([
      3, 1, 3, 3,
    ]);
  });

  it("lists only what is open, in order", () => {
    const tree = new TopicTree(0);
    for (const topic of ["b/x", "a10", "a2"]) tree.add(message(topic));
    expect(shown(tree, 0)).toEqual(["a2", "a10", "b"]);
    const b = tree.find("b");
    if (b) open(b, 0);
    expect(shown(tree, 0)).toEqual(["a2", "a10", "b", "b/x"]);
  });

  it("lets later topics wait, so that no row jumps under the pointer", () => {
    const tree = new TopicTree(0);
    tree.add(message("b"));
    expect(shown(tree, 10_000)).toEqual(["b"]);
    tree.add(message("a"));
    expect(shown(tree, 10_000)).toEqual(["b", "fresh 1"]);
    tree.root.settle();
    expect(shown(tree, 10_000)).toEqual(["a", "b"]);
  });

  it("keeps empty levels apart", () => {
    const tree = new TopicTree(0);
    for (const topic of ["/a", "a", "a/"]) tree.add(message(topic));
    expect([tree.find("/a")?.topic, tree.find("a")?.count, tree.find("a/")?.topic]).toEqual(["/a", 2, "a/"]);
  });

  it("is bounded and says what it left out", () => {
    const tree = new TopicTree(0);
    for (let at = 0; at < 20_010; at += 1) tree.add(message(`t${at}`));
    tree.add(message("x/".repeat(200)));
    expect([tree.topics, tree.overflow]).toEqual([20_000, 11]);
  });

  it("keeps the beginning of a large payload", () => {
    const tree = new TopicTree(0);
    tree.add(message("a", new Uint8Array(100_000)));
    expect([tree.find("a")?.last?.payload.length, tree.find("a")?.last?.bytes]).toEqual([65_536, 100_000]);
  });

  it("is not fooled by names of properties", () => {
    const tree = new TopicTree(0);
    tree.add(message("__proto__/constructor"));
    expect(tree.find("__proto__/constructor")?.count).toBe(1);
  });
});

describe("JSON in lines", () => {
  const texts = (value: unknown, before?: unknown) =>
    jsonLines(value, before, 100).map(
      (line) => `${line.changed ? "*" : ""}${line.key ?? ""}:${line.text}${line.comma}`,
    );

  it("has one line for each value", () => {
    expect(texts({ a: [1, "x"], b: {} })).toEqual([":{", "a:[", ":1,", ':"x"', ":],", "b:{}", ":}"]);
  });

  it("marks what changed, and what is new", () => {
    expect(texts({ a: 1, b: 2, c: 3 }, { a: 1, b: 1 })).toEqual([":{", "a:1,", "*b:2,", "*c:3", ":}"]);
    expect(texts({ a: 1 }, 5)[0]).toBe("*:{");
    expect(texts({ a: { b: 1 } }, { a: 1 })).toEqual([":{", "*a:{", "*b:1", ":}", ":}"]);
  });

  it("stops at its limit, however deep and long", () => {
    let deep: unknown = 1;
    for (let at = 0; at < 5000; at += 1) deep = [deep];
    expect(jsonLines(deep, undefined, 1000).length).toBeLessThan(200);
    expect(jsonLines(Array(5000).fill(0), undefined, 100)).toHaveLength(100);
  });
});

describe("payloads", () => {
  const kept = (payload: string | Uint8Array) => {
    const made = message("t", payload);
    return { ...made, bytes: made.payload.length };
  };

  it("are JSON, text or bytes", () => {
    expect(jsonOf(kept('{"a":1}'))).toEqual({ a: 1 });
    expect(jsonOf(kept("on"))).toBeUndefined();
    expect(jsonOf({ ...kept("1"), bytes: 5 })).toBeUndefined();
    expect(textOf(new Uint8Array([0xff, 0xfe]))).toBeNull();
  });

  it("have a preview of one line", () => {
    expect(preview(kept("a\nb"))).toBe("a\\nb");
    expect(preview(kept(""))).toBe("empty");
    expect(preview(kept(new Uint8Array([0xff, 0xfe, 0x01])))).toBe("ff fe 01");
  });

  it("are dumped with their characters", () => {
    expect(hexDump(new TextEncoder().encode("AB\0"))).toMatch(/^000000 {2}41 42 00 +AB·$/);
  });
});

describe("a topic to publish on", () => {
  it.each(["a/b", "a", "/", "ä"])("may be %s", (topic) => expect(topicError(topic)).toBeNull());
  it.each(["a/#", "+", "$SYS/x", "a\0b"])("may not be %j", (topic) =>
    expect(topicError(topic)).not.toBeNull(),
  );
});
