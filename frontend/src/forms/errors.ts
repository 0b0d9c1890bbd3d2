/** The error summary takes the focus on arrival and after each exchange (U32). */
export const focusSummary = (root: ParentNode): void => {
  root.querySelector<HTMLElement>('[data-error-summary]:not([data-error-summary="still"])')?.focus();
};

const toField = (event: Event): void => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("[data-error-summary] a[href^='#']") : null;
  if (!link) return;
  const field = document.getElementById(link.hash.slice(1));
  const input = field?.matches("input, select, textarea") ? field : field?.querySelector<HTMLElement>("input, select, textarea");
  if (!input) return;
  event.preventDefault();
  input.focus();
  input.scrollIntoView({ block: "center" });
};

export const startErrors = (): void => {
  focusSummary(document);
  document.addEventListener("click", toField);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target instanceof Element) focusSummary(event.target.parentElement ?? event.target);
  });
};
