/** Which fonts of an official paper this computer lacks: it is where the Word file will be opened (U18). */

const SAMPLE = "mmmiiWWW0123456789";
const SIZE = 72;
const BASES = ["monospace", "serif"] as const;

export type Width = (font: string) => number;

/** Tell whether a font is there: its Latin letters are as wide as the font's own whatever would stand in for it. */
export function isThere(name: string, width: Width): boolean {
  return BASES.some((base) => width(`${SIZE}px "${name}", ${base}`) !== width(`${SIZE}px ${base}`));
}

/** Return how wide the sample is in a font, measured by the browser. */
export function measured(): Width | null {
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) return null;
  return (font) => {
    context.font = font;
    return context.measureText(SAMPLE).width;
  };
}

/** Say beside each font whether it is there, and what will stand in for it. */
export function sayFonts(list: Element, width: Width): void {
  for (const line of Array.from(list.querySelectorAll<HTMLElement>("[data-font]"))) {
    const verdict = line.querySelector("[data-verdict]");
    if (verdict === null) continue;
    const isFound = isThere(line.dataset["font"] ?? "", width) || isThere(line.dataset["standsIn"] ?? "", width);
    verdict.textContent = isFound ? "这台电脑有" : "这台电脑没有，打印前请装上";
    verdict.className = isFound ? "chip chip-green" : "chip chip-amber";
  }
}

export function startFonts(): void {
  const width = measured();
  if (width === null) return;
  document.querySelectorAll("[data-fonts]").forEach((list) => sayFonts(list, width));
}
