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
