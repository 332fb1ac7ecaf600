/**
 * The page of the device. It shows what the agent says and sends what is pressed; what
 * is done, and in which words, is known to the agent alone.
 */
import {sendForms} from "./act.js";
import {openDialogs} from "./dialogs.js";
import {watchKeys} from "./keys.js";
import {Live} from "./live.js";
import {Stage} from "./stage.js";

const stage = new Stage(document);
const live = new Live(stage);
sendForms(stage, live);
openDialogs(stage);
watchKeys(stage);
live.open();
stage.arrive();
