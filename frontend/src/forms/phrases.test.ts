import { expect, test } from "vitest";

import { addPhrase } from "./phrases";

test("a phrase is added to an empty text as it is", () => {
  const area = document.createElement("textarea");
  addPhrase(area, "经核实：");
  expect(area.value).toBe("经核实：");
});

test("a phrase never replaces what was typed, even where it is selected", () => {
  const area = document.createElement("textarea");
  area.value = "路灯已换";
  area.setSelectionRange(0, 4);
  addPhrase(area, "经核实：");
  expect(area.value).toBe("路灯已换\n经核实：");
});
