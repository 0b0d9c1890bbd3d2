/** What comes by the clipboard: a picture goes to the form's file field; Excel and WPS cells stay text between tabs (U41). */
import { say } from "../shell/say";

const EXTENSIONS: Readonly<Record<string, string>> = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" };

/** Name a clipboard picture by the minute it was pasted: all of them are called image.png otherwise. */
export const pictureName = (type: string, at: Date): string => {
  const two = (value: number): string => String(value).padStart(2, "0");
  const stamp = `${two(at.getMonth() + 1)}${two(at.getDate())}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
  return `粘贴图片${stamp}.${EXTENSIONS[type] ?? "png"}`;
};

/** Cells copied from a sheet bring a picture of themselves along; then the text is what is meant. */
export const picturesIn = (clipboard: DataTransfer): File[] =>
  clipboard.getData("text/plain").trim() === ""
    ? [...clipboard.items].flatMap((item) => {
        const file = item.kind === "file" && item.type in EXTENSIONS ? item.getAsFile() : null;
        return file ? [file] : [];
      })
    : [];

/** Turn the cells of a copied HTML table into lines of tab-separated text, as Excel's own plain text is. */
export const cellsOf = (html: string): string => {
  const rows = new DOMParser().parseFromString(html, "text/html").querySelectorAll("tr");
  const clean = (cell: Element): string => (cell.textContent ?? "").replace(/\s+/g, " ").trim();
  return [...rows].map((row) => [...row.querySelectorAll("td, th")].map(clean).join("\t")).join("\n");
};

/** The marks of pictures that join `before` others, for where they were pasted: [图片3]. */
export const marksOf = (word: string, before: number, count: number): string =>
  Array.from({ length: count }, (_, place) => `[${word}${before + place + 1}]`).join("");

const addFiles = (input: HTMLInputElement, files: readonly File[]): void => {
  const basket = new DataTransfer();
  for (const file of input.multiple ? (input.files ?? []) : []) basket.items.add(file);
  for (const file of files) basket.items.add(new File([file], pictureName(file.type, new Date()), { type: file.type }));
  input.files = basket.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  say(`已放入 ${files.length} 张图片`);
};

const putText = (area: HTMLTextAreaElement, text: string): void => {
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
};

export const onPaste = (event: ClipboardEvent): void => {
  const area = event.target;
  const clipboard = event.clipboardData;
  if (!(area instanceof HTMLTextAreaElement) || !clipboard) return;
  const input = document.querySelector(area.dataset["pasteFiles"] ?? "#no-file-field");
  const pictures = picturesIn(clipboard);
  if (pictures.length > 0 && input instanceof HTMLInputElement) {
    event.preventDefault();
    const word = area.dataset["pasteMarks"];
    if (word) putText(area, marksOf(word, input.files?.length ?? 0, pictures.length));
    addFiles(input, pictures);
    return;
  }
  const html = clipboard.getData("text/html");
  const plain = clipboard.getData("text/plain");
  if (!plain.includes("\t") && /<td[\s>]/i.test(html)) {
    event.preventDefault(); // some sheets put one cell a line into the plain text
    putText(area, cellsOf(html));
  }
};

export const startPaste = (): void => {
  document.addEventListener("paste", onPaste);
};
