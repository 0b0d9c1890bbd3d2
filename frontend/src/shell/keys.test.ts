import { beforeEach, expect, test, vi } from "vitest";

import { isTyping, onKey, startKeys } from "./keys";

startKeys();

beforeEach(() => {
  document.body.innerHTML = `<input type="search" data-search><a data-go="d" href="#register">登记</a>
    <form method="post"><input id="name"></form>
    <table data-rows><tbody><tr><td class="main"><a href="#1">一</a></td></tr><tr><td class="main"><a href="#2">二</a></td></tr></tbody></table>`;
});

const press = (key: string, more: KeyboardEventInit & { keyCode?: number } = {}, target: Element = document.body): KeyboardEvent => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  if (more.keyCode !== undefined) Object.defineProperty(event, "keyCode", { value: more.keyCode });
  target.dispatchEvent(event);
  return event;
};

test("the slash and Ctrl+K lead to the search box", () => {
  press("/");
  expect(document.activeElement).toBe(document.querySelector("[data-search]"));
  (document.activeElement as HTMLElement).blur();
  press("k", { ctrlKey: true });
  expect(document.activeElement).toBe(document.querySelector("[data-search]"));
});

test("a letter typed into a field stays a letter", () => {
  const field = document.querySelector("#name") as HTMLInputElement;
  expect(isTyping(field)).toBe(true);
  expect(press("j", {}, field).defaultPrevented).toBe(false);
  expect(document.querySelector(".row-here")).toBeNull();
});

test("j and k move through the rows and stop at both ends", () => {
  press("j");
  press("j");
  press("j");
  expect(document.activeElement?.textContent).toBe("二");
  press("k");
  press("k");
  expect(document.activeElement?.textContent).toBe("一");
});

test("g and a letter follow the navigation", () => {
  const clicked = vi.fn();
  document.querySelector("[data-go]")?.addEventListener("click", clicked);
  press("g");
  press("d");
  expect(clicked).toHaveBeenCalledOnce();
});

test("the Enter that ends a composition submits nothing (U31)", () => {
  const field = document.querySelector("#name") as HTMLInputElement;
  expect(press("Enter", { keyCode: 229 }, field).defaultPrevented).toBe(true);
  expect(press("Enter", {}, field).defaultPrevented).toBe(false);
});

test("Ctrl+Enter submits the form being written", () => {
  const submit = vi.fn((event: Event) => event.preventDefault());
  document.querySelector("form")?.addEventListener("submit", submit);
  onKey(Object.defineProperty(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true }), "target", {
    value: document.querySelector("#name"),
  }));
  expect(submit).toHaveBeenCalledOnce();
});
