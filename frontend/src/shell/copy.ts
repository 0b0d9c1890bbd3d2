/** Copy buttons. Office pages are often served over plain http, where the clipboard API does not exist. */
import { say } from "./say";

const SHOWN_MS = 1500;

/** Return what `button` copies: its own text, or that of the element it names. */
export const textOf = (button: HTMLElement): string => {
  const from = button.dataset["copyFrom"];
  if (from === undefined) return button.dataset["copy"] ?? "";
  const source = document.getElementById(from);
  if (source instanceof HTMLTextAreaElement || source instanceof HTMLInputElement) return source.value;
  return source?.textContent?.trim() ?? "";
};

const copyByHand = (text: string): boolean => {
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.className = "seen-by-readers";
  document.body.append(area);
  const before = document.activeElement;
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return isCopied;
};

export const copyText = async (text: string): Promise<boolean> => {
  if (window.isSecureContext && "clipboard" in navigator) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyByHand(text); // refused by the browser's settings
    }
  }
  return copyByHand(text);
};

const press = async (button: HTMLElement): Promise<void> => {
  const isCopied = await copyText(textOf(button));
  const words = isCopied ? "已复制" : "复制不了，请选中后按 Ctrl+C";
  say(words);
  const label = button.firstChild;
  if (!label || label.nodeValue === words) return;
  const before = label.nodeValue;
  label.nodeValue = words;
  setTimeout(() => {
    label.nodeValue = before;
  }, SHOWN_MS);
};

const showIn = (root: ParentNode): void => {
  for (const button of root.querySelectorAll<HTMLElement>("[data-copy], [data-copy-from]")) button.hidden = false;
};

export const startCopy = (): void => {
  showIn(document);
  document.addEventListener("htmx:load", (event) => {
    if (event.target instanceof Element) showIn(event.target);
  });
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy], [data-copy-from]") : null;
    if (button) void press(button);
  });
};
