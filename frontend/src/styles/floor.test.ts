import { expect, test } from "vitest";

const sheets = import.meta.glob<string>("./*.css", { query: "?raw", import: "default", eager: true });

/** Each of these is younger than Chromium 86 (UX U53) and would take a rule or a colour away there. */
const TOO_YOUNG = [
  /color-mix\(|oklch\(|oklab\(|light-dark\(/,
  /:has\(|:is\(|:where\(/,
  /@container|@layer|@property|@scope/,
  /\b\d+(?:\.\d+)?[dsl]v[hw]\b/,
  /\baspect-ratio\s*:|\binset\s*:|\b(?:margin|padding)-(?:inline|block)\s*:/,
  /::file-selector-button|\bsubgrid\b/,
];

const rulesOf = (sheet: string): string => sheet.replace(/\/\*[\s\S]*?\*\//g, "");

test.each(Object.entries(sheets))("%s asks for nothing newer than Chromium 86 (U53)", (_, sheet) => {
  expect(TOO_YOUNG.filter((pattern) => pattern.test(rulesOf(sheet)))).toEqual([]);
});

test("no sheet fetches anything from elsewhere", () => {
  for (const sheet of Object.values(sheets)) expect(rulesOf(sheet)).not.toMatch(/url\(|https?:/);
});

/** Relative luminance and contrast by WCAG 2.2. */
const luminance = (hex: string): number => {
  const part = (at: number): number => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
};

const contrast = (one: string, other: string): number => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

const token = (name: string): string => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(sheets["./tokens.css"] ?? "")?.[1] ?? "";

test.each([
  ["ink", "ground"], ["ink-soft", "ground"], ["ink-faint", "ground"], ["blue", "ground"], ["blue-deep", "blue-tint"],
  ["red", "paper"], ["red-deep", "red-tint"], ["amber-ink", "amber-tint"], ["green-ink", "green-tint"], ["on-blue", "blue"], ["on-blue", "red"],
])("%s on %s can be read: 4.5 to 1", (ink, ground) => {
  expect(contrast(token(ink), token(ground))).toBeGreaterThanOrEqual(4.5);
});

test.each([["line-field", "paper"], ["blue", "paper"], ["green", "paper"], ["red", "paper"]])(
  "%s on %s can be made out: 3 to 1",
  (line, ground) => {
    expect(contrast(token(line), token(ground))).toBeGreaterThanOrEqual(3);
  },
);
