/**
 * Unsent text outlives tab, server and power (U5): what is typed goes to the server within five seconds and is rendered into the form when it
 * is opened again. Nothing personal stays in the browser's lasting storage (OWASP ASVS 14.3.3): only while the server cannot be reached does
 * the text wait in this tab's own storage, which ends with the tab.
 */
import { post } from "../net/send";

export type DraftState =
  | { state: "kept"; at: Date }
  | { state: "typing" }
  | { state: "waiting"; why: "unreachable" | "log-in" | "refused" };

const WAIT_MS = 2000;
const RETRY_MS = 5000;
const SENT = "sent-";
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "client_key", "password", "acting_pin"]);

export const sayDraft = (draft: DraftState): string => {
  if (draft.state === "typing") return "正在保存…";
  if (draft.state === "kept") return `已保存 ${draft.at.toTimeString().slice(0, 5)}`;
  if (draft.why === "log-in") return "待保存：登录已过期，重新登录后自动保存";
  if (draft.why === "refused") return "待保存：这一稿没有存上，请直接提交";
  return "待保存：连不上服务器，文字先留在本页，连上后自动保存";
};

/** The text fields of a form as pairs; files, tokens and passwords are no part of a draft. */
export const draftOf = (form: HTMLFormElement): [string, string][] => {
  const pairs: [string, string][] = [];
  new FormData(form).forEach((value, name) => {
    if (typeof value === "string" && !NOT_KEPT.has(name)) pairs.push([name, value]);
  });
  return pairs;
};

/** Put a waiting draft back into the form's fields. */
export const fillDraft = (form: HTMLFormElement, pairs: readonly (readonly [string, string])[]): void => {
  for (const [name, value] of pairs) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) field.checked ||= field.value === value;
      else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) field.value = value;
    }
  }
};

const isPairs = (value: unknown): value is [string, string][] =>
  Array.isArray(value) && value.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string"));

export const readWaiting = (key: string, storage: Storage = sessionStorage): [string, string][] | null => {
  try {
    const value: unknown = JSON.parse(storage.getItem(key) ?? "null");
    return isPairs(value) ? value : null;
  } catch {
    return null;
  }
};

export class DraftKeeper {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isSent = false;
  private readonly key: string;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly url: string,
  ) {
    this.key = `draft:${form.dataset["draftKey"] ?? url}`;
    const waiting = readWaiting(this.key);
    if (waiting) {
      fillDraft(form, waiting);
      this.later(0);
    }
    form.addEventListener("input", () => {
      this.tell({ state: "typing" });
      this.later(WAIT_MS);
    });
    form.addEventListener("submit", () => this.onSubmit());
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.keep(), ms);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** The form itself is on its way: an answer to a draft that comes later says nothing any more. */
  private onSubmit(): void {
    this.stop();
    this.isSent = true;
    const waiting = sessionStorage.getItem(this.key);
    if (waiting !== null) sessionStorage.setItem(SENT + this.key, waiting);
    sessionStorage.removeItem(this.key);
  }

  /** Send what is unsent at once: the page is going away. */
  flush(): void {
    if (this.timer !== undefined) void this.keep(true);
  }

  async keep(isLeaving = false): Promise<void> {
    this.stop();
    this.isSent = false;
    const pairs = draftOf(this.form);
    const answer = await post(this.url, new URLSearchParams(pairs), isLeaving);
    if (this.isSent) return;
    if (answer.state === "done") {
      sessionStorage.removeItem(this.key);
      this.tell({ state: "kept", at: new Date() });
      return;
    }
    sessionStorage.setItem(this.key, JSON.stringify(pairs));
    this.wait(answer.state === "log-in-again" ? "log-in" : answer.state === "refused" && answer.status < 500 ? "refused" : "unreachable");
  }

  private wait(why: "unreachable" | "log-in" | "refused"): void {
    this.tell({ state: "waiting", why });
    if (why === "log-in") {
      document.dispatchEvent(new CustomEvent("banjie:log-in-again"));
      document.addEventListener("banjie:logged-in", () => this.later(0), { once: true });
    } else if (why === "unreachable") this.later(RETRY_MS);
  }

  private tell(draft: DraftState): void {
    this.form.dataset["draftState"] = draft.state;
    const place = this.form.querySelector<HTMLElement>("[data-draft-state]");
    if (!place) return;
    place.dataset["state"] = draft.state;
    place.textContent = sayDraft(draft);
  }
}

/** Forget what waits in this tab: another person may sit down here. */
export const forgetWaiting = (storage: Storage = sessionStorage): void => {
  for (const key of Object.keys(storage)) if (key.startsWith("draft:") || key.startsWith(SENT)) storage.removeItem(key);
};

/** Any page that the server answers after a submit shows that it was reached; only the way back from a dead line brings the text again. */
export const settleSent = (isBack: boolean, storage: Storage = sessionStorage): void => {
  for (const key of Object.keys(storage)) {
    if (!key.startsWith(SENT)) continue;
    if (isBack) storage.setItem(key.slice(SENT.length), storage.getItem(key) ?? "");
    storage.removeItem(key);
  }
};

const isWayBack = (): boolean => {
  const [entry] = performance.getEntriesByType("navigation");
  return entry instanceof PerformanceNavigationTiming && entry.type === "back_forward";
};

export const startDrafts = (): void => {
  settleSent(isWayBack());
  const keepers = [...document.querySelectorAll<HTMLFormElement>("form[data-draft-url]")].map(
    (form) => new DraftKeeper(form, form.dataset["draftUrl"] ?? ""),
  );
  window.addEventListener("pagehide", () => keepers.forEach((keeper) => keeper.flush()));
  window.addEventListener("online", () => keepers.forEach((keeper) => keeper.flush()));
  document.querySelector("[data-log-out]")?.addEventListener("submit", () => forgetWaiting());
};
