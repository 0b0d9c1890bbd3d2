/** A table drawn above itself as lines or bars, by ECharts as SVG; it stays readable in print and without script. */
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent } from "echarts/components";
import { init, use } from "echarts/core";
import type { ECBasicOption } from "echarts/types/dist/shared";
import { SVGRenderer } from "echarts/renderers";

import { type Series, seriesOf } from "./reading";

use([BarChart, LineChart, GridComponent, AriaComponent, SVGRenderer]);

type Kind = "bar" | "line";
const MOST_LABELLED = 16;
const TALL_ROW = 26;

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Return what ECharts draws: months from left to right, groups from top to bottom so that long names can be read. */
export function optionOf(series: Series, kind: Kind, label: string): ECBasicOption {
  const ink = colour("--ink-soft") || "#555";
  const names = { type: "category", data: series.names, axisTick: { show: false }, axisLabel: { color: ink } };
  const values = { type: "value", minInterval: 1, axisLabel: { color: ink }, splitLine: { lineStyle: { color: colour("--line") || "#ddd" } } };
  const isBar = kind === "bar";
  return {
    animation: false,
    aria: { enabled: true, label: { description: label } },
    color: [colour("--blue") || "#1d4f91"],
    grid: { left: 8, right: 32, top: 16, bottom: 8, containLabel: true },
    xAxis: isBar ? values : names,
    yAxis: isBar ? { ...names, inverse: true } : values,
    series: [
      {
        type: kind,
        data: series.numbers,
        barMaxWidth: 18,
        symbolSize: 6,
        label: { show: series.numbers.length <= MOST_LABELLED, position: isBar ? "right" : "top", color: ink },
      },
    ],
  };
}

function draw(place: HTMLElement): void {
  const table = document.getElementById(place.dataset["chart"] ?? "");
  if (!(table instanceof HTMLTableElement)) return;
  const series = seriesOf(table);
  if (series.numbers.every((number) => number === null)) return;
  const kind: Kind = place.dataset["kind"] === "bar" ? "bar" : "line";
  place.hidden = false;
  const height = kind === "bar" ? Math.max(120, series.names.length * TALL_ROW + 40) : 240;
  const chart = init(place, null, { renderer: "svg", height });
  chart.setOption(optionOf(series, kind, place.dataset["label"] ?? ""));
  window.addEventListener("resize", () => chart.resize());
}

export function startCharts(): void {
  for (const place of Array.from(document.querySelectorAll<HTMLElement>("[data-chart]"))) draw(place);
}
