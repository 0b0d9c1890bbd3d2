/** Everything that a page of the desk improves by script; each page works without. */
import "./styles/desk.css";

import { startNewer } from "./cases/newer";
import { startDirty } from "./forms/dirty";
import { startDrafts } from "./forms/drafts";
import { startErrors } from "./forms/errors";
import { startFind } from "./forms/find";
import { startPaste } from "./forms/paste";
import { startPhrases } from "./forms/phrases";
import { startSending } from "./forms/sending";
import { startHtmx } from "./net/htmx";
import { startSession } from "./session/session";
import { startCopy } from "./shell/copy";
import { startKeys } from "./shell/keys";
import { startPrint } from "./shell/print";

startHtmx();
startSession();
startSending();
startDrafts();
startDirty();
startErrors();
startFind();
startPaste();
startCopy();
startKeys();
startPrint();
startPhrases();
startNewer();
