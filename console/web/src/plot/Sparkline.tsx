/** A small line without axes: the shape of the last minutes. */

import { type SparkPoint, sparkPath } from "./spark";

const WIDTH = 120;
const HEIGHT = 32;

export function Sparkline({
  points,
  label,
  spanMillis,
}: {
  points: SparkPoint[];
  label: string;
  spanMillis: number;
}) {
  const path = sparkPath(points, WIDTH, HEIGHT, spanMillis);
  return (
    <svg
      class="spark"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {path === "" && (
        <path class="spark-none" d={`M0 ${HEIGHT - 1}H${WIDTH}`} vector-effect="non-scaling-stroke" />
      )}
      <path class="spark-line" d={path} vector-effect="non-scaling-stroke" />
    </svg>
  );
}
