/** A form that is on its way is not sent twice; the client key makes a repeat harmless even where this fails. */
const REST_MS = 8000;

/** htmx sends by itself and tells us when it is done; any other script that took the form over frees it at once. */
const isByHtmx = (form: HTMLFormElement): boolean => form.closest("[hx-post], [hx-put], [hx-boost]") !== null;

const release = (form: HTMLFormElement): void => {
  delete form.dataset["sending"];
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
};

const onSubmit = (event: SubmitEvent): void => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
  if (form.dataset["sending"] !== undefined) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (event.defaultPrevented) return;
  form.dataset["sending"] = "";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => {
    if (event.defaultPrevented && !isByHtmx(form)) release(form);
  });
  setTimeout(() => release(form), REST_MS); // a download or a dead line leaves the page where it is
};

export const startSending = (): void => {
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target instanceof HTMLFormElement) release(event.target);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sending]")) release(form);
  });
};
