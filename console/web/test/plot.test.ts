import { describe, expect, it } from "vitest";
import { timeLabels, valueLabels, valueRange } from "../src/plot/axis";
import { boundsOf, queryOf, rangeOf } from "../src/plot/range";
import { Series } from "../src/plot/series";
import { sparkPath } from "../src/plot/spark";
import { addressOf, parseRoute } from "../src/shell/address";

function series(points: [number, number][], bucketSeconds = 0): Series {
  const made = new Series();
  made.take({
    metric: "t",
    bucketSeconds,
    points: points.map(([time, value]) => [time, value - 1, value + 1, value]),
  });
  return made;
}

describe("a series", () => {
  it("goes on live after what history had", () => {
    const one = series([
      [1000, 20],
      [2000, 21],
    ]);
    expect([one.add(2000, 99), one.add(3000, 22)]).toEqual([false, true]);
    expect(one.columns(0, 5000)[1]).toEqual([20, 21, 22]);
  });

  it("keeps live points that history did not have yet when it is asked again", () => {
    const one = series([[1000, 20]]);
    one.add(2000, 21);
    one.take({
      metric: "t",
      points: [
        [1000, 20, 20, 20],
        [1500, 20, 20, 20],
      ],
    });
    expect(one.columns(0, 5000)[0]).toEqual([1000, 1500, 2000]);
  });

  it("keeps the peaks of a stretch", () => {
    const one = series([[10_000, 20]], 10);
    one.add(12_000, 50);
    expect(one.extent(0, 20_000)).toMatchObject({ min: 19, max: 50 });
    expect(one.points).toHaveLength(1);
  });

  it("shows gaps as gaps", () => {
    const points = Array.from({ length: 20 }, (_, at): [number, number] => [at * 1000, at]);
    const one = series([...points, [60_000, 5]]);
    expect(one.columns(0, 70_000)[1]).toContain(null);
    expect(series(points).columns(0, 70_000)[1]).not.toContain(null);
  });

  it("draws the neighbours outside, so that lines reach the edges", () => {
    const one = series([
      [0, 1],
      [1000, 2],
      [2000, 3],
      [3000, 4],
    ]);
    expect(one.columns(900, 1900)[0]).toEqual([0, 1000, 2000]);
    expect(one.columns(5000, 6000)[0]).toEqual([]);
    expect(one.extent(5000, 6000)).toBeNull();
  });
});

describe("a range", () => {
  it("is in the address", () => {
    expect(rangeOf(new URLSearchParams("range=24h"))).toEqual({ kind: "last", name: "24h" });
    expect(rangeOf(new URLSearchParams("range=constructor"))).toEqual({ kind: "last", name: "1h" });
    const between = { kind: "between", from: 1000, to: 2000 } as const;
    const query = new URLSearchParams(
      Object.entries(queryOf(between)).filter((entry): entry is [string, string] => entry[1] !== null),
    );
    expect(rangeOf(query)).toEqual(between);
    expect(boundsOf({ kind: "last", name: "1h" }, 7_200_000)).toEqual([3_600_000, 7_200_000]);
  });
});

describe("axes", () => {
  it("have as many digits as their step needs", () => {
    expect(valueLabels([20, 20.5, 21])).toEqual(["20.0", "20.5", "21.0"]);
    expect(valueLabels([0, 5000, 10_000])).toEqual(["0", "5000", "10\u2009000"]);
    expect(valueLabels([0, 1e6, 2e6])).toEqual(["0", "1 M", "2 M"]);
  });

  it("show the time in 24 hours, and the day at midnight", () => {
    const noon = new Date(2026, 10, 25, 12, 5).getTime();
    const midnight = new Date(2026, 10, 25).getTime();
    expect(timeLabels([noon, midnight], 300_000)).toEqual(["12:05", "25 Nov"]);
    expect(timeLabels([noon + 1500], 500)).toEqual(["12:05:01.500"]);
  });

  it("leave room around a flat line", () => {
    const [low, high] = valueRange(20, 20);
    expect(low < 20 && high > 20).toBe(true);
    expect(valueRange(null, null)).toEqual([0, 1]);
  });
});

describe("a small line", () => {
  it("fills its width, and needs two points", () => {
    expect(sparkPath([{ time: 0, value: 1 }], 100, 20, 1000)).toBe("");
    const path = sparkPath(
      [
        { time: 0, value: 1 },
        { time: 500, value: 2 },
        { time: 1000, value: 1 },
      ],
      100,
      20,
      1000,
    );
    expect(path).toBe("M0.0 18.0L50.0 2.0L100.0 18.0");
    expect(
      sparkPath(
        [
          { time: 0, value: 3 },
          { time: 1, value: 3 },
        ],
        100,
        20,
        10,
      ),
    ).toBe("M0.0 10.0L100.0 10.0");
  });
});

describe("addresses", () => {
  it("survive any name", () => {
    const name = "a/b?c#d%2F<é>";
    expect(parseRoute(addressOf(["devices", name], { range: "1h", gone: null }))).toMatchObject({
      path: ["devices", name],
    });
    expect(parseRoute("#/devices/%E0%A4%A").path).toEqual(["devices", "%E0%A4%A"]);
    expect(parseRoute("#/setup?token=x").query.get("token")).toBe("x");
  });
});
