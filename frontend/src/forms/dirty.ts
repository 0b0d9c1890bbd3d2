/** Ask before leaving a form whose text is kept nowhere; a form with a draft asks only while the draft waits. */
const changed = new Set<HTMLFormElement>();

export const hasLoss = (): boolean =>
  [...changed].some((form) => form.isConnected && (form.dataset["draftUrl"] === undefined || form.dataset["draftState"] === "waiting"));

export const startDirty = (): void => {
  document.addEventListener("input", (event) => {
    const form = event.target instanceof Element ? event.target.closest("form") : null;
    if (form && form.method === "post" && form.dataset["careless"] === undefined) changed.add(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target instanceof HTMLFormElement) changed.delete(event.target);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!hasLoss()) return;
    event.preventDefault();
    event.returnValue = "";
  });
};
