/** Log-in and pages for strangers: only the way to the error is improved. */
import "./styles/plain.css";

import { startErrors } from "./forms/errors";
import { startSending } from "./forms/sending";

startErrors();
startSending();
