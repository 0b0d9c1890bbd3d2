/** The numbers of a table as a chart takes them; the table is the truth, the chart only draws it. */

export type Series = { names: string[]; numbers: (number | null)[] };

/** Read a table of two columns: the row's head, and a cell that bears its number; one without a number is a gap. */
export function seriesOf(table: HTMLTableElement): Series {
  const names: string[] = [];
  const numbers: (number | null)[] = [];
  for (const row of Array.from(table.querySelectorAll("tbody tr"))) {
    const cell = row.querySelector<HTMLElement>("[data-number]");
    if (cell === null) continue;
    const told = cell.dataset["number"] ?? "";
    names.push(row.querySelector("th")?.textContent?.trim() ?? "");
    numbers.push(told === "" ? null : Number(told));
  }
  return { names, numbers };
}
