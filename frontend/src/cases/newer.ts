/** A colleague's deed on the open case shows within five seconds (U10). Asking is no work: it renews no session. */
import { say } from "../shell/say";

export const ASK_MS = 5_000;

/** Ask once; true when the notice has been shown or asking is of no use any more. */
export const askNewer = async (place: HTMLElement, ask: typeof fetch = fetch): Promise<boolean> => {
  const address = place.dataset["newer"] ?? "";
  if (address === "") return true;
  try {
    const answer = await ask(address, { headers: { "X-Banjie-Quiet": "1", "X-Banjie-Fetch": "1" }, credentials: "same-origin" });
    if (answer.status === 204) return false;
    if (answer.status !== 200) return answer.status < 500; // logged out or moved away: the next deed will tell
    place.innerHTML = await answer.text();
    say(place.textContent?.trim() ?? "");
    return true;
  } catch {
    return false; // the line is down: ask again
  }
};

export const startNewer = (): void => {
  const place = document.querySelector<HTMLElement>("[data-newer]");
  if (!place) return;
  const timer = setInterval(() => {
    if (document.hidden) return;
    void askNewer(place).then((isOver) => {
      if (isOver) clearInterval(timer);
    });
  }, ASK_MS);
};
