import { beforeEach, expect, test } from "vitest";

import { Finder } from "./find";

const ROWS = `<div role="option" data-value="7" data-text="李某" data-fill-phone="138"><b>李某</b></div>
  <div role="option" data-value="8" data-text="赵某" data-fill-phone="139"><b>赵某</b></div>`;

let finder: Finder;
const input = (): HTMLInputElement => document.querySelector("#who") as HTMLInputElement;
const value = (name: string): string => (document.querySelector(`[name="${name}"]`) as HTMLInputElement).value;
const press = (key: string, more: KeyboardEventInit = {}): boolean =>
  input().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));

beforeEach(() => {
  document.body.innerHTML = `<form><div data-find="/find"><input id="who"><input type="hidden" name="resident" data-find-chosen></div>
    <input name="phone"></form>`;
  finder = new Finder(document.querySelector("[data-find]") as HTMLElement, input(), "/find");
  finder.show(ROWS);
});

test("arrows and Enter choose a row, and the chosen one fills the rest (U2)", () => {
  press("ArrowDown");
  press("ArrowDown");
  expect(input().getAttribute("aria-activedescendant")).toMatch(/-1$/);
  expect(press("Enter")).toBe(false);
  expect([input().value, value("resident"), value("phone")]).toEqual(["赵某", "8", "139"]);
  expect(input().getAttribute("aria-expanded")).toBe("false");
});

test("what was typed by hand is never overwritten", () => {
  (document.querySelector("[name=phone]") as HTMLInputElement).value = "0998-1234567";
  press("ArrowDown");
  press("Enter");
  expect(value("phone")).toBe("0998-1234567");
});

test("Enter while composing chooses nothing (U31)", () => {
  press("ArrowDown");
  press("Enter", { isComposing: true });
  expect(value("resident")).toBe("");
});

test("Escape closes and other words forget the choice", () => {
  press("ArrowDown");
  press("Enter");
  input().value = "李";
  input().dispatchEvent(new Event("input"));
  expect(value("resident")).toBe("");
  finder.show(ROWS);
  press("Escape");
  expect(input().getAttribute("aria-expanded")).toBe("false");
});
