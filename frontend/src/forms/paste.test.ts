import { expect, test } from "vitest";

import { cellsOf, marksOf, pictureName, picturesIn } from "./paste";

const clipboard = (text: string, type: string): DataTransfer => {
  const file = new File(["x"], "image.png", { type });
  return { getData: () => text, items: [{ kind: "file", type, getAsFile: () => file }] } as unknown as DataTransfer;
};

test("cells of a sheet stay text between tabs (U41)", () => {
  const html = "<table><tr><td>李某</td><td> 路灯\n不亮 </td></tr><tr><td>赵某</td><td></td></tr></table>";
  expect(cellsOf(html)).toBe("李某\t路灯 不亮\n赵某\t");
});

test("a picture is taken only when no text came with it", () => {
  expect(picturesIn(clipboard("", "image/png"))).toHaveLength(1);
  expect(picturesIn(clipboard("李某\t路灯", "image/png"))).toHaveLength(0);
  expect(picturesIn(clipboard("", "image/svg+xml"))).toHaveLength(0);
});

test("a pasted picture is named by its moment", () => {
  expect(pictureName("image/jpeg", new Date(2026, 10, 22, 9, 5, 7))).toBe("粘贴图片1122-090507.jpg");
});

test("a mark stands where a picture was pasted, counted on from those before it (U41)", () => {
  expect(marksOf("图片", 0, 1)).toBe("[图片1]");
  expect(marksOf("图片", 2, 2)).toBe("[图片3][图片4]");
});
