/** The idle time-out is renewed in place: a warning a minute before, and a log-in over the page when it has run out (U5). */
import { FETCH_HEADER, forgeryToken, get, lastContactAt, noteContact, post } from "../net/send";
import { say } from "../shell/say";

const WARN_BEFORE_MS = 60_000;
const LOOK_MS = 5_000;

/** What stands between now and the time-out. */
export const stageOf = (idleMs: number, timeOutMs: number): "fresh" | "ending" | "over" => {
  if (timeOutMs <= 0 || idleMs < timeOutMs - WARN_BEFORE_MS) return "fresh";
  return idleMs < timeOutMs ? "ending" : "over";
};

/** Log-in changes the token against forgery: put the new one into every form of the page. */
export const renewTokens = (token: string = forgeryToken()): void => {
  if (token === "") return;
  for (const field of document.querySelectorAll<HTMLInputElement>("input[name=csrfmiddlewaretoken]")) field.value = token;
};

const dialog = (): HTMLDialogElement | null => {
  const found = document.getElementById("log-in-again");
  return found instanceof HTMLDialogElement ? found : null;
};

let waiting: HTMLFormElement | null = null;

/** Open the log-in over the page; `form` is sent once it has succeeded. */
export const openLogIn = (form: HTMLFormElement | null = null): void => {
  waiting = form;
  const box = dialog();
  if (box && !box.open) box.showModal();
};

const tellProblem = (words: string): void => {
  const place = dialog()?.querySelector<HTMLElement>("[data-log-in-problem]");
  if (!place) return;
  place.hidden = words === "";
  place.textContent = words;
  if (words !== "") say(words);
};

const goOn = (): void => {
  tellProblem("");
  dialog()?.close();
  renewTokens();
  say("已重新登录，请接着填");
  document.dispatchEvent(new CustomEvent("banjie:logged-in"));
  const form = waiting;
  waiting = null;
  form?.requestSubmit();
};

export const logIn = async (event: Event): Promise<void> => {
  event.preventDefault();
  event.stopPropagation();
  if (!(event.target instanceof HTMLFormElement)) return;
  const answer = await post(event.target.action, new FormData(event.target));
  const password = event.target.querySelector<HTMLInputElement>("input[type=password]");
  if (password) password.value = "";
  if (answer.state === "done") return goOn();
  tellProblem(answer.state === "unreachable" ? "连不上服务器，文字还在，请稍后再试。" : "用户名或密码不对，请再输一次。");
  password?.focus();
};

const timeOutMs = (): number => Number(document.body.dataset["idleSeconds"] ?? "0") * 1000;

const look = (): void => {
  const notice = document.getElementById("session-notice");
  if (notice) notice.hidden = stageOf(Date.now() - lastContactAt(), timeOutMs()) !== "ending";
};

const stay = async (): Promise<void> => {
  const alive = document.body.dataset["alive"] ?? "";
  if (alive !== "" && (await get(alive)).state === "log-in-again") openLogIn();
  look();
};

/** A form sent after the time-out would be lost on the log-in page: ask first, send then. */
const holdLate = (event: Event): void => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post" || form.closest("#log-in-again")) return;
  if (stageOf(Date.now() - lastContactAt(), timeOutMs()) !== "over") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  openLogIn(form);
};

const watchHtmx = (): void => {
  document.addEventListener("htmx:configRequest", (event) => {
    if (!(event instanceof CustomEvent)) return;
    event.detail.headers[FETCH_HEADER] = "1";
    event.detail.headers["X-CSRFToken"] = forgeryToken();
  });
  document.addEventListener("htmx:afterRequest", noteContact);
  document.addEventListener("htmx:responseError", (event) => {
    if (event instanceof CustomEvent && event.detail.xhr.status === 401)
      openLogIn(event.target instanceof HTMLFormElement ? event.target : null);
  });
};

export const startSession = (): void => {
  noteContact();
  window.addEventListener("submit", holdLate, true);
  document.addEventListener("banjie:log-in-again", () => openLogIn());
  dialog()?.querySelector("form")?.addEventListener("submit", (event) => void logIn(event));
  dialog()?.querySelector("[data-log-in-later]")?.addEventListener("click", () => dialog()?.close());
  document.querySelector("[data-stay]")?.addEventListener("click", () => void stay());
  watchHtmx();
  setInterval(look, LOOK_MS);
};
