/** The plot library with its style sheet, loaded when the first plot is shown. */

import "uplot/dist/uPlot.min.css";
import uPlot from "uplot";

export function draw(element: HTMLElement, options: uPlot.Options): uPlot {
  return new uPlot(options, [[], [], [], []], element);
}
