import { describe, expect, it } from "vitest";

import { isThere, sayFonts } from "./fonts";

const has =
  (...names: string[]) =>
  (font: string): number =>
    names.some((name) => font.includes(`"${name}"`)) ? 500 : font.includes("monospace") ? 400 : 300;

describe("fonts of a paper", () => {
  it("finds a font by its own width", () => {
    expect(isThere("仿宋_GB2312", has("仿宋_GB2312"))).toBe(true);
    expect(isThere("仿宋_GB2312", has("黑体"))).toBe(false);
  });

  it("warns where neither the font nor its stand-in is there", () => {
    document.body.innerHTML =
      '<ul data-fonts><li data-font="仿宋_GB2312" data-stands-in="仿宋"><span data-verdict></span></li>' +
      '<li data-font="黑体" data-stands-in="SimHei"><span data-verdict></span></li></ul>';
    const list = document.querySelector("[data-fonts]");
    if (list !== null) sayFonts(list, has("仿宋"));
    const said = Array.from(document.querySelectorAll("[data-verdict]")).map((one) => one.textContent);
    expect(said).toEqual(["这台电脑有", "这台电脑没有，打印前请装上"]);
  });
});
