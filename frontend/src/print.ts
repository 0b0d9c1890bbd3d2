/** Papers: one button. */
import "./styles/print.css";

import { startPrint } from "./shell/print";

startPrint();
