/** One way to speak to the server from a script: the answer is a fact, never an exception. */

export type Answer =
  | { state: "done"; text: string }
  | { state: "log-in-again" }
  | { state: "refused"; status: number; text: string }
  | { state: "unreachable" };

/** Tells the server that a script asks, so that it answers 401 in place of a log-in page. */
export const FETCH_HEADER = "X-Banjie-Fetch";

const CONTACT = "banjie:contact";

/** Moment of the last answer to any tab, in milliseconds: from it the idle time-out is reckoned. */
export const lastContactAt = (): number => Number(localStorage.getItem(CONTACT) ?? "0");

export const noteContact = (): void => {
  localStorage.setItem(CONTACT, String(Date.now()));
};

/** The token against forgery, from the cookie: log-in changes it, so forms may hold an older one. */
export const forgeryToken = (cookie: string = document.cookie): string =>
  /(?:^|;\s*)csrftoken=([^;]+)/.exec(cookie)?.[1] ?? "";

const read = async (response: Response): Promise<Answer> => {
  noteContact();
  if (response.status === 401) return { state: "log-in-again" };
  const text = await response.text();
  if (response.ok) return { state: "done", text };
  return { state: "refused", status: response.status, text };
};

const ask = async (url: string, init: RequestInit): Promise<Answer> => {
  try {
    return await read(await fetch(url, { credentials: "same-origin", ...init }));
  } catch (problem) {
    if (problem instanceof DOMException && problem.name === "AbortError") throw problem;
    return { state: "unreachable" };
  }
};

export const get = (url: string, signal?: AbortSignal): Promise<Answer> =>
  ask(url, { headers: { [FETCH_HEADER]: "1" }, ...(signal ? { signal } : {}) });

export const post = (url: string, body: FormData | URLSearchParams, keepalive = false): Promise<Answer> =>
  ask(url, { method: "POST", body, keepalive, headers: { [FETCH_HEADER]: "1", "X-CSRFToken": forgeryToken() } });
