/** The page of one figure: its table drawn as a chart. */
import { startCharts } from "./figures/chart";

startCharts();
