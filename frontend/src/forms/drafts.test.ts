import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { DraftKeeper, draftOf, fillDraft, forgetWaiting, readWaiting, settleSent } from "./drafts";

let form: HTMLFormElement;
const state = (): string => form.querySelector("output")?.textContent ?? "";
const answer = (status: number): void => {
  vi.stubGlobal("fetch", vi.fn(() => (status === 0 ? Promise.reject(new TypeError("no line")) : Promise.resolve(new Response("", { status })))));
};

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  document.body.innerHTML = `<form data-draft-key="u1:register"><input name="csrfmiddlewaretoken" value="t">
    <input name="name"><input type="radio" name="how" value="a"><input type="radio" name="how" value="b">
    <textarea name="words">路灯不亮</textarea><output data-draft-state></output></form>`;
  form = document.querySelector("form") as HTMLFormElement;
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const type = async (): Promise<void> => {
  form.querySelector("textarea")?.dispatchEvent(new Event("input", { bubbles: true }));
  await vi.advanceTimersByTimeAsync(2100);
};

test("what is typed reaches the server within five seconds and leaves nothing in the browser (U5)", async () => {
  answer(204);
  new DraftKeeper(form, "/draft");
  await type();
  expect(fetch).toHaveBeenCalledOnce();
  expect(state()).toMatch(/^已保存/);
  expect(sessionStorage).toHaveLength(0);
});

test("while the server is away the text waits in the tab and goes as soon as it is back", async () => {
  answer(0);
  new DraftKeeper(form, "/draft");
  await type();
  expect(state()).toMatch(/^待保存：连不上/);
  expect(readWaiting("draft:u1:register")).toContainEqual(["words", "路灯不亮"]);
  answer(204);
  await vi.advanceTimersByTimeAsync(5100);
  expect(state()).toMatch(/^已保存/);
  expect(readWaiting("draft:u1:register")).toBeNull();
});

test("a session that ran out asks for the log-in and the text goes on afterwards", async () => {
  answer(401);
  const asked = vi.fn();
  document.addEventListener("banjie:log-in-again", asked, { once: true });
  new DraftKeeper(form, "/draft");
  await type();
  expect(asked).toHaveBeenCalledOnce();
  answer(204);
  document.dispatchEvent(new CustomEvent("banjie:logged-in"));
  await vi.advanceTimersByTimeAsync(100);
  expect(state()).toMatch(/^已保存/);
});

test("tokens and passwords are no part of a draft", () => {
  expect(draftOf(form).map(([name]) => name)).toEqual(["name", "words"]);
});

test("a waiting draft fills the form again, choices included", () => {
  fillDraft(form, [["name", "李某"], ["how", "b"]]);
  expect(draftOf(form)).toContainEqual(["how", "b"]);
  expect(draftOf(form)).toContainEqual(["name", "李某"]);
});

test("logging out forgets what waits", () => {
  sessionStorage.setItem("draft:u1:register", "[]");
  sessionStorage.setItem("other", "x");
  forgetWaiting();
  expect(Object.keys(sessionStorage)).toEqual(["other"]);
});

test("a draft whose answer comes after the submit is not kept for the next case", async () => {
  answer(0);
  const keeper = new DraftKeeper(form, "/draft");
  const asked = keeper.keep();
  form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await asked;
  expect(sessionStorage).toHaveLength(0);
});

test("what waited when the form was sent comes back only on the way back from a dead line", async () => {
  answer(0);
  new DraftKeeper(form, "/draft");
  await type();
  form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  settleSent(true);
  expect(readWaiting("draft:u1:register")).not.toBeNull();
  sessionStorage.setItem("sent-draft:u1:register", "[]");
  sessionStorage.removeItem("draft:u1:register");
  settleSent(false);
  expect(sessionStorage).toHaveLength(0);
});
