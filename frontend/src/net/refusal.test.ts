import { beforeEach, describe, expect, it } from "vitest";

import { showRefusal } from "./refusal";

const refused = (status: number, text: string): CustomEvent => {
  const xhr = new XMLHttpRequest();
  Object.defineProperty(xhr, "status", { value: status });
  Object.defineProperty(xhr, "responseText", { value: text });
  return new CustomEvent("htmx:responseError", { detail: { xhr } });
};

const told = (): string => document.querySelector("[data-refusal]")?.textContent ?? "";

describe("showRefusal", () => {
  beforeEach(() => {
    document.body.innerHTML = '<main id="main"></main>';
  });

  it("says what the server said, as words and not as markup", () => {
    showRefusal(refused(409, '<div role="alert"><p>件已中止，不能办结。</p><img src="x"></div>'));
    expect(told()).toBe("件已中止，不能办结。");
    expect(document.querySelector("#main img")).toBeNull();
  });

  it("says one thing at a time, and something where the server said nothing", () => {
    showRefusal(refused(500, ""));
    showRefusal(refused(500, ""));
    expect(document.querySelectorAll("[data-refusal]")).toHaveLength(1);
    expect(told()).toContain("没有办成");
  });

  it("leaves a session that ran out to the log-in in place", () => {
    showRefusal(refused(401, "请重新登录"));
    expect(told()).toBe("");
  });
});
