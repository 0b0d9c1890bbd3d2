import { afterEach, expect, test, vi } from "vitest";

import { logIn, openLogIn, renewTokens, stageOf } from "./session";

afterEach(() => vi.unstubAllGlobals());

test("the warning stands during the last minute, and no time-out means none", () => {
  const minute = 60_000;
  expect([0, 29, 30, 31].map((minutes) => stageOf(minutes * minute, 30 * minute))).toEqual(["fresh", "ending", "over", "over"]);
  expect(stageOf(99 * minute, 0)).toBe("fresh");
});

test("after the log-in every form bears the new token", () => {
  document.body.innerHTML = `<input name="csrfmiddlewaretoken" value="old"><input name="csrfmiddlewaretoken" value="old">`;
  renewTokens("new");
  expect([...document.querySelectorAll("input")].map((field) => field.value)).toEqual(["new", "new"]);
});

const build = (): HTMLFormElement => {
  document.body.innerHTML = `<form id="work" method="post" action="#"></form><dialog id="log-in-again"><form method="post" action="/login">
    <p data-log-in-problem hidden></p><input type="password" value="x"></form></dialog>`;
  return document.querySelector("dialog form") as HTMLFormElement;
};

const submitted = (form: HTMLFormElement): Event => {
  const event = new Event("submit", { cancelable: true });
  Object.defineProperty(event, "target", { value: form });
  return event;
};

test("the form that came too late is sent once the log-in has succeeded (U5)", async () => {
  const box = build();
  const work = document.querySelector("#work") as HTMLFormElement;
  const send = vi.spyOn(work, "requestSubmit").mockImplementation(() => undefined);
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("", { status: 200 })));
  openLogIn(work);
  await logIn(submitted(box));
  expect(send).toHaveBeenCalledOnce();
  expect((document.querySelector("dialog") as HTMLDialogElement).open).toBe(false);
});

test("a wrong password is said in words and the password is emptied", async () => {
  const box = build();
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("", { status: 422 })));
  openLogIn();
  await logIn(submitted(box));
  const problem = document.querySelector("[data-log-in-problem]") as HTMLElement;
  expect(problem.hidden).toBe(false);
  expect(problem.textContent).toMatch(/密码不对/);
  expect((document.querySelector("input[type=password]") as HTMLInputElement).value).toBe("");
});
