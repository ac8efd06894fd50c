/** The pages about a site's versions by their place in the address: a script of its own. */
import "./style.css";
import "./edit/style.css";
import { EditPage } from "./edit/edit-page.tsx";
import { TagPage } from "./tag-page.tsx";
import { TimelinePage } from "./timeline-page.tsx";

export const pages = { versions: TimelinePage, edit: EditPage, tag: TagPage };
