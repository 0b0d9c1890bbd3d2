import { beforeEach, expect, test, vi } from "vitest";

import { copyText, startCopy, textOf } from "./copy";

beforeEach(() => {
  document.body.innerHTML = `<textarea id="words">第一行\n第二行</textarea>
    <button hidden data-copy="群众诉求〔2026〕00001">复制</button><button hidden data-copy-from="words">复制</button>`;
});

const buttons = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("button")];

test("a button copies its own text or that of the element it names", () => {
  expect(buttons().map(textOf)).toEqual(["群众诉求〔2026〕00001", "第一行\n第二行"]);
});

test("buttons show themselves once the script is there", () => {
  startCopy();
  expect(buttons().every((button) => !button.hidden)).toBe(true);
});

test("over plain http the old way of copying is used", async () => {
  vi.stubGlobal("isSecureContext", false);
  const command = vi.fn(() => true);
  Object.assign(document, { execCommand: command });
  expect(await copyText("甲")).toBe(true);
  expect(command).toHaveBeenCalledWith("copy");
  expect(document.querySelectorAll("textarea")).toHaveLength(1);
  vi.unstubAllGlobals();
});
