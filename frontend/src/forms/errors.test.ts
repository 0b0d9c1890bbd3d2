import { expect, test } from "vitest";

import { startErrors } from "./errors";

test("the summary takes the focus, and its links lead into the fields (U32)", () => {
  document.body.innerHTML = `<div data-error-summary tabindex="-1"><a href="#phone">电话：没有填</a></div><input id="phone">`;
  startErrors();
  expect(document.activeElement).toBe(document.querySelector("[data-error-summary]"));
  document.querySelector("a")?.click();
  expect(document.activeElement?.id).toBe("phone");
});
