import { expect, test } from "vitest";

import { seriesOf } from "./reading";

function table(rows: string): HTMLTableElement {
  document.body.innerHTML = `<table><tbody>${rows}</tbody></table>`;
  const found = document.querySelector("table");
  if (found === null) throw new Error("no table");
  return found;
}

test("a row gives its head and the number of its cell", () => {
  const read = seriesOf(table('<tr><th>2026年1月</th><td data-number="12"><a href="/x">12件</a></td></tr>'));
  expect(read).toEqual({ names: ["2026年1月"], numbers: [12] });
});

test("a number that is missing is a gap and not a zero", () => {
  const read = seriesOf(table('<tr><th>一</th><td data-number="">—</td></tr><tr><th>二</th><td data-number="0">0</td></tr>'));
  expect(read.numbers).toEqual([null, 0]);
});
