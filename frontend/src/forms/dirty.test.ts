import { expect, test } from "vitest";

import { hasLoss, startDirty } from "./dirty";

test("leaving asks only when typed text would be lost", () => {
  startDirty();
  document.body.innerHTML = `<form id="a" method="post"><input></form><form id="b" method="post" data-draft-url="/d"><input></form>`;
  const [plain, kept] = [...document.querySelectorAll("form")] as [HTMLFormElement, HTMLFormElement];
  const type = (form: HTMLFormElement): boolean | undefined => form.querySelector("input")?.dispatchEvent(new Event("input", { bubbles: true }));
  type(kept);
  expect(hasLoss()).toBe(false);
  kept.dataset["draftState"] = "waiting";
  expect(hasLoss()).toBe(true);
  kept.dataset["draftState"] = "kept";
  type(plain);
  expect(hasLoss()).toBe(true);
  plain.dispatchEvent(new Event("submit", { bubbles: true }));
  expect(hasLoss()).toBe(false);
});
