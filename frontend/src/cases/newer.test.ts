import { expect, test } from "vitest";

import { askNewer } from "./newer";

const place = (address: string): HTMLElement => {
  const found = document.createElement("div");
  if (address) found.dataset["newer"] = address;
  return found;
};
const answering =
  (status: number, text = ""): typeof fetch =>
  () =>
    Promise.resolve(new Response(status === 204 ? null : text, { status }));

test("nothing new leaves the page as it is and asks again", async () => {
  const here = place("/cases/QZ2026-00001/newer?seen=1");
  expect(await askNewer(here, answering(204))).toBe(false);
  expect(here.innerHTML).toBe("");
});

test("a colleague's deed is shown and asking ends", async () => {
  const here = place("/cases/QZ2026-00001/newer?seen=1");
  expect(await askNewer(here, answering(200, "<p>刚被王芳办了：签收。</p>"))).toBe(true);
  expect(here.textContent).toBe("刚被王芳办了：签收。");
});

test("a session that ran out ends asking, a server that is down does not", async () => {
  expect(await askNewer(place("/x"), answering(401))).toBe(true);
  expect(await askNewer(place("/x"), answering(503))).toBe(false);
  expect(await askNewer(place("/x"), () => Promise.reject(new TypeError("no line")))).toBe(false);
});
