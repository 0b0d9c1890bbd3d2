import { expect, test } from "vitest";

import { startSending } from "./sending";

test("a second submit while the first is on its way is dropped", () => {
  startSending();
  document.body.innerHTML = `<form method="post"><button>登记</button></form>`;
  const form = document.querySelector("form") as HTMLFormElement;
  const submit = (): boolean => form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  expect(submit()).toBe(true);
  expect(submit()).toBe(false);
  window.dispatchEvent(new Event("pageshow"));
  expect(submit()).toBe(true);
});

test("a form that another script took over can be sent again", async () => {
  document.body.innerHTML = `<form method="post"></form>`;
  const form = document.querySelector("form") as HTMLFormElement;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(form.dataset["sending"]).toBeUndefined();
});
