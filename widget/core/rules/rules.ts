/** Part of the tag of a site that tells its pages apart, or sends events about them. */
import { toJson } from "../json.ts";
import { onNavigate } from "./navigation.ts";
import { openPages } from "./pages.ts";

SOGLAS_PARTS.rules = (config) => ({ pages: openPages(config), json: toJson, onNavigate });
