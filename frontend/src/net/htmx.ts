/** htmx under a strict content policy: no eval, no style of its own; a refused form (422) is shown like any other answer. */
import htmx from "htmx.org";

import { say } from "../shell/say";

const LINE_CLASS = "busy-line";

const busy = (isBusy: boolean): void => {
  document.querySelector(`.${LINE_CLASS}`)?.remove();
  if (!isBusy) return;
  const line = document.createElement("div");
  line.className = LINE_CLASS;
  document.body.append(line);
};

/** What the server refuses is shown above the page in its own words; 401 is answered by the log-in in place. */
export const showRefusal = (event: Event): void => {
  const answer: unknown = event instanceof CustomEvent ? event.detail.xhr : null;
  if (!(answer instanceof XMLHttpRequest) || answer.status === 401) return;
  const words = new DOMParser().parseFromString(answer.responseText, "text/html").body.textContent?.trim();
  const told = words !== undefined && words !== "" && words.length < 400 ? words : "没有办成，请刷新页面后再试。";
  document.querySelector("[data-refusal]")?.remove();
  const notice = document.createElement("div");
  notice.className = "notice notice-warn";
  notice.dataset["refusal"] = "";
  notice.setAttribute("role", "alert");
  notice.tabIndex = -1;
  notice.textContent = told;
  document.getElementById("main")?.prepend(notice);
  notice.focus();
};

export const startHtmx = (): void => {
  htmx.config.allowEval = false;
  htmx.config.includeIndicatorStyles = false;
  htmx.config.selfRequestsOnly = true;
  htmx.config.historyCacheSize = 0; // pages with personal columns are not kept in the browser's storage
  htmx.config.responseHandling = [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ];
  document.addEventListener("htmx:beforeRequest", () => busy(true));
  document.addEventListener("htmx:afterRequest", () => busy(false));
  document.addEventListener("htmx:responseError", showRefusal);
  document.addEventListener("htmx:sendError", () => say("连不上服务器，请稍后再试。"));
};
