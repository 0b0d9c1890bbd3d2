/** The places that a page lists, and the place that somebody types; the page is the truth, the map only draws it. */

export type Spot = { lat: number; lng: number; words: string; href: string; isDone: boolean };
export type Pair = { lat: number; lng: number };

/** So many metres north of the equator a map of China ends, and so on; the server decides what is right. */
const SOUTH = 3;
const NORTH = 54;
const WEST = 73;
const EAST = 136;
const PAIR = /^\s*(\d+\.\d+)\s*[,，、\s]\s*(\d+\.\d+)(（[A-Z0-9-]+换算）)?\s*$/;

/** Return the places in a list or table: each row bears its degrees, and its words and link are those of the first link. */
export function spotsIn(list: ParentNode): Spot[] {
  return Array.from(list.querySelectorAll<HTMLElement>("[data-lat]")).map((row) => {
    const link = row.querySelector("a");
    return {
      lat: Number(row.dataset["lat"]),
      lng: Number(row.dataset["lng"]),
      words: (link ?? row).textContent?.trim() ?? "",
      href: link?.getAttribute("href") ?? "",
      isDone: row.dataset["done"] !== undefined,
    };
  });
}

/** Return the place that was typed, or null: what is said to be of another map is for the server to reckon over. */
export function typedPair(text: string): Pair | null {
  const found = PAIR.exec(text);
  if (found === null) return null;
  const [lat, lng] = [Number(found[1]), Number(found[2])].sort((one, other) => one - other);
  if (lat === undefined || lng === undefined) return null;
  return lat >= SOUTH && lat <= NORTH && lng >= WEST && lng <= EAST ? { lat, lng } : null;
}

/** Return a place as it is typed into the field. */
export function said(pair: Pair): string {
  return `${pair.lat.toFixed(5)},${pair.lng.toFixed(5)}`;
}
