/** Print buttons; without the script the page says which keys to press. */
export const startPrint = (): void => {
  for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
};
