/**
 * What opens marked elements: a part of the tag where a service of the site waits so; elsewhere a script of its
 * own, which the tag loads on pages where something marked may run.
 */
import { openGate } from "./marked.ts";

SOGLAS_PARTS.gate = openGate;
