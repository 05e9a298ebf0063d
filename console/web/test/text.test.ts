import { describe, expect, it } from "vitest";
import { count, decimalsOf, formatBytes, formatNumber, formatShort } from "../src/text/number";
import { absolute, ago, duration, momentOf } from "../src/text/time";
import { cut, visible, visibleLines } from "../src/text/visible";

describe("numbers", () => {
  it.each([
    [21.5, 0, "21.5"],
    [21.5, 2, "21.50"],
    [21.123456, 0, "21.12"],
    [-0.00123, 0, "−0.00123"],
    [14_678, 2, "14\u2009678"],
    [9999, 0, "9999"],
    [101_325.25, 2, "101\u2009325"],
    [0, 0, "0"],
    [1e21, 0, "1.00e+21"],
    [2.5e-9, 0, "2.50e−9"],
    [Number.NaN, 0, "NaN"],
  ])("shows %d with %d decimals as %s", (value, decimals, text) => {
    expect(formatNumber(value, decimals)).toBe(text);
  });

  it("counts the decimals that a reading was given with, as far as its size deserves them", () => {
    expect([21.5, 21.55, 21.555, 1000.5, 0.001].map(decimalsOf)).toEqual([1, 2, 2, 0, 3]);
  });

  it("has SI prefixes for counts and bytes", () => {
    expect([0, 7, 999, 999.6, 12_400, 3_100_000].map(formatShort)).toEqual([
      "0",
      "7",
      "999",
      "1.0\u2009k",
      "12.4\u2009k",
      "3.1\u2009M",
    ]);
    expect(formatBytes(3_100_000)).toBe("3.1\u2009MB");
    expect(formatBytes(12)).toBe("12\u2009B");
  });

  it("says one and many", () => {
    expect([count(1, "device"), count(2, "device")]).toEqual(["1 device", "2 devices"]);
  });
});

describe("times", () => {
  const now = Date.parse("2026-11-25T10:00:00Z");

  it.each([
    [0, "just now"],
    [-1000, "just now"],
    [12_000, "12 s ago"],
    [5 * 60_000, "5 min ago"],
    [3 * 3_600_000, "3 h ago"],
    [50 * 3_600_000, "2 days ago"],
    [-10_000, "in 10 s"],
  ])("says %d ms as %s", (age, text) => {
    expect(ago(now - age, now)).toBe(text);
  });

  it("says lengths in two units", () => {
    expect([900, 65_000, 3_900_000, 90_000_000].map(duration)).toEqual([
      "0 s",
      "1 min 05 s",
      "1 h 05 min",
      "1 d 01 h",
    ]);
  });

  it("names the zone", () => {
    expect(absolute(now)).toMatch(/^2026-11-2\d \d\d:\d\d:00\.000 UTC/);
    expect(absolute(Number.NaN)).toBe("at an unknown time");
  });

  it("takes from JSON what is a time and nothing else", () => {
    expect([momentOf("2026-11-25T10:00:00Z"), momentOf("yesterday"), momentOf(12)]).toEqual([
      now,
      null,
      null,
    ]);
  });
});

describe("text of strangers", () => {
  it("shows what cannot be seen", () => {
    expect(visible("a\u202eb\0c\n\u200bd\u{e0041}")).toBe("a\\u202eb\\u0000c\\n\\u200bd\\u{e0041}");
  });

  it("leaves lines and letters of any language", () => {
    expect(visibleLines("Wärme\n\tחום 温度")).toBe("Wärme\n\tחום 温度");
  });

  it("is cut after escaping", () => {
    expect(cut("abcdef", 4)).toBe("abc…");
    expect(cut("\0\0\0\0", 4)).toHaveLength(4);
    expect(cut("abcd", 4)).toBe("abcd");
  });
});
