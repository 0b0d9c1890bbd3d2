/** Find as you type: the ARIA combobox over option rows that the server renders (U2). Without it the field is plain text. */
import { get } from "../net/send";
import { say } from "../shell/say";

const WAIT_MS = 120;

let listNumber = 0;

export class Finder {
  private readonly list = document.createElement("div");
  private asked: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private at = -1;

  constructor(
    private readonly box: HTMLElement,
    private readonly input: HTMLInputElement,
    private readonly url: string,
  ) {
    listNumber += 1;
    this.list.id = `find-list-${listNumber}`;
    this.list.className = "find-list";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "找到的");
    this.list.hidden = true;
    box.append(this.list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id]] as const)
      input.setAttribute(name, value);
    input.addEventListener("input", () => this.onInput());
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => this.onPress(event));
  }

  private options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private onInput(): void {
    const chosen = this.box.querySelector<HTMLInputElement>("[data-find-chosen]");
    if (chosen) chosen.value = ""; // other words, so no longer the one that was picked
    clearTimeout(this.timer);
    this.asked?.abort();
    if (this.input.value.trim() === "") return this.close();
    this.timer = setTimeout(() => void this.ask(), WAIT_MS);
  }

  private async ask(): Promise<void> {
    this.asked = new AbortController();
    const address = new URL(this.url, window.location.href);
    address.searchParams.set("q", this.input.value.trim());
    try {
      const answer = await get(address.href, this.asked.signal);
      if (answer.state === "done") this.show(answer.text);
      else if (answer.state === "log-in-again") document.dispatchEvent(new CustomEvent("banjie:log-in-again"));
    } catch {
      return; // a newer question is on its way
    }
  }

  /** Show the rows of `html`, which is a partial of our own server. */
  show(html: string): void {
    const rows = new DOMParser().parseFromString(html, "text/html").body.children;
    this.list.replaceChildren(...rows);
    this.at = -1;
    this.options().forEach((option, index) => {
      option.id = `${this.list.id}-${index}`;
      option.setAttribute("aria-selected", "false");
    });
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.input.removeAttribute("aria-activedescendant");
    const count = this.options().length;
    say(count > 0 ? `找到 ${count} 个，按上下键选` : "没有找到");
  }

  close(): void {
    this.list.hidden = true;
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  private move(step: number): void {
    const options = this.options();
    if (options.length === 0) return;
    this.at = (this.at + step + options.length + (this.at < 0 && step < 0 ? 1 : 0)) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.at)));
    const here = options[this.at];
    if (here) this.input.setAttribute("aria-activedescendant", here.id);
    here?.scrollIntoView({ block: "nearest" });
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229 || this.list.hidden) return;
    if (event.key === "ArrowDown") this.move(1);
    else if (event.key === "ArrowUp") this.move(-1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.at >= 0) this.choose(this.options()[this.at]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private onPress(event: MouseEvent): void {
    event.preventDefault(); // the focus stays in the input
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
    if (option) this.choose(option);
  }

  private choose(option: HTMLElement | undefined): void {
    if (!option) return;
    const href = option.dataset["href"];
    if (href !== undefined) {
      window.location.assign(href);
      return;
    }
    this.input.value = option.dataset["text"] ?? "";
    const chosen = this.box.querySelector<HTMLInputElement>("[data-find-chosen]");
    if (chosen) chosen.value = option.dataset["value"] ?? "";
    fillRest(this.input.form, option);
    this.close();
    this.input.dispatchEvent(new CustomEvent("find:chosen", { bubbles: true, detail: option.dataset["value"] ?? "" }));
  }
}

/** Fill the form's empty fields from the option's data-fill-<field>; what was typed by hand stays. */
export const fillRest = (form: HTMLFormElement | null, option: HTMLElement): void => {
  for (const { name, value } of option.attributes) {
    if (!form || !name.startsWith("data-fill-")) continue;
    const field = form.querySelector(`[name="${CSS.escape(name.slice("data-fill-".length))}"]`);
    const isField = field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement;
    if (!isField || (field.value !== "" && field.dataset["filled"] === undefined)) continue;
    field.value = value;
    field.dataset["filled"] = "";
  }
};

const startIn = (root: ParentNode): void => {
  for (const box of root.querySelectorAll<HTMLElement>("[data-find]")) {
    const input = box.querySelector<HTMLInputElement>("input:not([type=hidden])");
    const url = box.dataset["find"] ?? "";
    if (!input || url === "" || input.getAttribute("role") === "combobox") continue;
    new Finder(box, input, url);
  }
};

export const startFind = (): void => {
  startIn(document);
  document.addEventListener("htmx:load", (event) => {
    if (event.target instanceof Element) startIn(event.target);
  });
};
