/** htmx under a strict content policy: no eval, no style of its own; a refused form (422) is shown like any other answer. */
import htmx from "htmx.org";

import { say } from "../shell/say";
import { showRefusal } from "./refusal";

const LINE_CLASS = "busy-line";

const busy = (isBusy: boolean): void => {
  document.querySelector(`.${LINE_CLASS}`)?.remove();
  if (!isBusy) return;
  const line = document.createElement("div");
  line.className = LINE_CLASS;
  document.body.append(line);
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
