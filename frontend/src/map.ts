/** Pages with places: they are drawn on a map of our own, without tiles and without any other host. */
import "leaflet/dist/leaflet.css";
import "./styles/map.css";

import { startMaps } from "./map/maps";

startMaps();
