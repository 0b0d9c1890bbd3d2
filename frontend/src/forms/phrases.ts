/** Phrases of the office: a press adds one at the end of the text and never replaces what was typed (U9). */

/** Put `phrase` after what stands in `area`, on a line of its own where there is text already. */
export const addPhrase = (area: HTMLTextAreaElement, phrase: string): void => {
  const before = area.value;
  const joint = before === "" || before.endsWith("\n") ? "" : "\n";
  area.value = `${before}${joint}${phrase}`;
  area.setSelectionRange(area.value.length, area.value.length);
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
};

const showIn = (root: ParentNode): void => {
  for (const row of root.querySelectorAll<HTMLElement>("[data-phrases]")) row.hidden = false;
};

export const startPhrases = (): void => {
  showIn(document);
  document.addEventListener("htmx:load", (event) => {
    if (event.target instanceof Element) showIn(event.target);
  });
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-phrase]") : null;
    const area = button ? document.querySelector(button.dataset["phraseFor"] ?? "textarea") : null;
    if (button && area instanceof HTMLTextAreaElement) addPhrase(area, button.dataset["phrase"] ?? "");
  });
};
