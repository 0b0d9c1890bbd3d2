import { expect, test } from "vitest";

import { linesIn, stepFor } from "./grid";

test("lines stand far enough apart for their degrees, however much is in sight", () => {
  for (const span of [0.003, 0.04, 0.6, 3, 40, 60])
    for (const pixels of [300, 1300]) expect((stepFor(span, pixels) / span) * pixels).toBeGreaterThanOrEqual(90);
});

test("lines stand on round degrees", () => {
  expect(linesIn(30.004, 30.031, 0.01).map((at) => at.toFixed(3))).toEqual(["30.010", "30.020", "30.030"]);
});
