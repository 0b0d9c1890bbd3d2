import { expect, test } from "vitest";

import { said, spotsIn, typedPair } from "./reading";

test("a row gives its place, its words and its link", () => {
  document.body.innerHTML = '<ul><li data-lat="30.5" data-lng="119.25" data-done><a href="/books/x/1">旧粮站</a> 2026-01-05</li></ul>';
  expect(spotsIn(document)).toEqual([{ lat: 30.5, lng: 119.25, words: "旧粮站", href: "/books/x/1", isDone: true }]);
});

test("a place is read in either order, and one of another map only where the server has reckoned it over", () => {
  expect(typedPair("120.15515，30.27415")).toEqual({ lat: 30.27415, lng: 120.15515 });
  expect(typedPair("30.27415,120.15515（GCJ-02换算）")).toEqual({ lat: 30.27415, lng: 120.15515 });
  for (const typed of ["", "村口", "30.27415,120.15515 高德", "51.50735,0.12776", "30,120"]) expect(typedPair(typed)).toBeNull();
});

test("a click is written as it would be typed", () => {
  expect(said({ lat: 30.2741549, lng: 120.1 })).toBe("30.27415,120.10000");
});
