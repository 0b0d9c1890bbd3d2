/** Lines of latitude and longitude with their degrees, drawn anew for what is in sight: they stand in for a base map. */
import { divIcon, layerGroup, type Map, marker, polyline } from "leaflet";

const APART = 90;
const WIDTH: [number, number] = [64, 16];
const ANCHORS: Record<"map-lat" | "map-lng", [number, number]> = { "map-lat": [68, 18], "map-lng": [-4, -2] };
const STEPS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** Return how many degrees apart lines stand where `span` degrees fill so many pixels, so that their labels have room. */
export function stepFor(span: number, pixels: number): number {
  return STEPS.find((step) => (step / span) * pixels >= APART) ?? 20;
}

/** Return the lines between two degrees. */
export function linesIn(from: number, to: number, step: number): number[] {
  const lines: number[] = [];
  for (let at = Math.ceil(from / step); at * step <= to; at += 1) lines.push(at * step);
  return lines;
}

const degrees = (value: number, step: number): string => `${value.toFixed(step < 0.001 ? 4 : step < 1 ? 3 : 0)}°`;

export function drawGrid(map: Map): void {
  const lines = layerGroup().addTo(map);
  const draw = (): void => {
    lines.clearLayers();
    const seen = map.getBounds();
    const step = stepFor(seen.getEast() - seen.getWest(), map.getSize().x);
    for (const lat of linesIn(seen.getSouth(), seen.getNorth(), step)) {
      lines.addLayer(line([[lat, seen.getWest()], [lat, seen.getEast()]]));
      lines.addLayer(label(lat, seen.getEast(), degrees(lat, step), "map-lat"));
    }
    for (const lng of linesIn(seen.getWest(), seen.getEast(), step)) {
      lines.addLayer(line([[seen.getSouth(), lng], [seen.getNorth(), lng]]));
      lines.addLayer(label(seen.getNorth(), lng, degrees(lng, step), "map-lng"));
    }
  };
  map.on("moveend", draw);
  draw();
}

const line = (ends: [number, number][]) => polyline(ends, { className: "map-line", weight: 1, interactive: false });

const label = (lat: number, lng: number, words: string, name: keyof typeof ANCHORS) =>
  marker([lat, lng], { icon: divIcon({ className: `map-degrees ${name}`, html: words, iconSize: WIDTH, iconAnchor: ANCHORS[name] }), interactive: false, keyboard: false });
