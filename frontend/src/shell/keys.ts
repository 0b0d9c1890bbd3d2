/** Everything by keyboard (U8, U31): / and Ctrl+K to the search box, g and a letter to a room, j and k in lists, ? for help. */

/** True while an input method composes: then Enter picks a word and must submit nothing. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

/** True where typed letters belong to the text. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type)));

const toSearch = (): void => {
  const box = document.querySelector<HTMLInputElement>("[data-search]");
  box?.focus();
  box?.select();
};

/** Move the mark by `step` rows in the page's first list and put the focus on that row's link. */
export const moveRow = (step: 1 | -1): void => {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-rows] > tbody > tr, ol[data-rows] > li")];
  if (rows.length === 0) return;
  const here = rows.findIndex((row) => row.classList.contains("row-here"));
  const next = rows[Math.min(Math.max(here + step, 0), rows.length - 1)];
  for (const row of rows) row.classList.toggle("row-here", row === next);
  next?.querySelector<HTMLElement>("td.main a, a")?.focus();
  next?.scrollIntoView({ block: "nearest" });
};

const openKeys = (): void => {
  const list = document.getElementById("keys");
  if (list instanceof HTMLDialogElement && !list.open) list.showModal();
};

const go = (key: string): void => {
  document.querySelector<HTMLElement>(`[data-go="${CSS.escape(key)}"]`)?.click();
};

let isAfterG = false;

const plainKey = (event: KeyboardEvent): boolean => {
  if (isAfterG) {
    isAfterG = false;
    go(event.key);
    return true;
  }
  if (event.key === "/") toSearch();
  else if (event.key === "j") moveRow(1);
  else if (event.key === "k") moveRow(-1);
  else if (event.key === "?") openKeys();
  else if (event.key === "g") isAfterG = true;
  else return pressDeed(event.key);
  return true;
};

/** A page may give a key to a button or link of its own: data-key="t". */
const pressDeed = (key: string): boolean => {
  const deed = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  deed?.click();
  return deed !== null;
};

const submitByCtrlEnter = (target: EventTarget | null): void => {
  const form = target instanceof HTMLElement ? target.closest("form") : null;
  if (form && form.method === "post") form.requestSubmit();
};

export const onKey = (event: KeyboardEvent): void => {
  if (isComposing(event)) {
    if (event.key === "Enter") event.stopPropagation();
    return;
  }
  if (event.ctrlKey || event.metaKey) {
    if (event.key === "k") {
      event.preventDefault();
      toSearch();
    } else if (event.key === "Enter") submitByCtrlEnter(event.target);
    return;
  }
  if (event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (plainKey(event)) event.preventDefault();
};

/** Some browsers submit a form by the Enter that ends a composition; that Enter still bears code 229. */
const keepEnterInside = (event: KeyboardEvent): void => {
  if (event.key === "Enter" && isComposing(event) && event.target instanceof HTMLInputElement) event.preventDefault();
};

export const startKeys = (): void => {
  document.addEventListener("keydown", keepEnterInside, true);
  document.addEventListener("keydown", onKey);
  for (const button of document.querySelectorAll<HTMLElement>("[data-keys]")) {
    button.hidden = false;
    button.addEventListener("click", openKeys);
  }
};
