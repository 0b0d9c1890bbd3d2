/** A paper's page: which of its fonts this computer has. */
import { startFonts } from "./reports/fonts";

startFonts();
