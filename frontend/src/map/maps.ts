/** Places drawn as dots on a grid with a scale; on a form the place that is meant is picked by a click. */
import { type CircleMarker, circleMarker, control, type LatLngExpression, latLngBounds, type Map, map as makeMap, svg } from "leaflet";

import { drawGrid } from "./grid";
import { type Pair, said, type Spot, spotsIn, typedPair } from "./reading";

const CLOSEST = 15;
const WIDEST = 4;
const MIDDLE: LatLngExpression = [34, 105];

function words(spot: Spot): HTMLElement {
  const told = document.createElement(spot.href === "" ? "span" : "a");
  told.textContent = spot.words;
  if (told instanceof HTMLAnchorElement) told.href = spot.href;
  return told;
}

function dot(spot: Spot): CircleMarker {
  const mark = circleMarker([spot.lat, spot.lng], { radius: 7, weight: 2, className: spot.isDone ? "map-spot map-spot-done" : "map-spot" });
  if (spot.words !== "") mark.bindTooltip(words({ ...spot, href: "" }));
  if (spot.href !== "") mark.bindPopup(words(spot), { closeButton: false }).on("popupopen", () => mark.closeTooltip());
  return mark;
}

/** Put a map up in its place; wheels scroll the page until somebody has pressed on the map. */
function putUp(place: HTMLElement, spots: readonly Spot[]): Map {
  place.hidden = false;
  const map = makeMap(place, { attributionControl: false, zoomControl: false, scrollWheelZoom: false, renderer: svg(), minZoom: WIDEST, maxZoom: 18 });
  map.addControl(control.zoom({ zoomInTitle: "放大", zoomOutTitle: "缩小" }));
  map.addControl(control.scale({ imperial: false }));
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  if (spots.length === 0) map.setView(MIDDLE, WIDEST);
  else map.fitBounds(latLngBounds(spots.map((spot) => [spot.lat, spot.lng])), { maxZoom: CLOSEST, padding: [32, 32] });
  drawGrid(map);
  for (const spot of spots) map.addLayer(dot(spot));
  return map;
}

/** Let a click on the map fill the field, and what is typed into the field move the dot. */
function pick(map: Map, field: HTMLInputElement): void {
  const chosen = circleMarker([0, 0], { radius: 9, weight: 3, className: "map-spot map-spot-chosen", interactive: false });
  const show = (pair: Pair | null): void => {
    if (pair === null) chosen.remove();
    else chosen.setLatLng(pair).addTo(map);
  };
  const look = (): void => {
    const pair = typedPair(field.value);
    show(pair);
    if (pair !== null && !map.getBounds().contains(pair)) map.setView(pair, Math.max(map.getZoom(), CLOSEST));
  };
  map.on("click", ({ latlng }) => {
    field.value = said(latlng);
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  });
  field.addEventListener("input", look);
  look();
}

export function startMaps(): void {
  for (const place of Array.from(document.querySelectorAll<HTMLElement>("[data-map]"))) {
    const list = document.getElementById(place.dataset["map"] ?? "");
    const field = document.getElementById(place.dataset["picks"] ?? "");
    const map = putUp(place, list === null ? [] : spotsIn(list));
    if (field instanceof HTMLInputElement) pick(map, field);
  }
}
