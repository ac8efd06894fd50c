/**
 * Programs that read pages: they decide nothing and would be counted as visitors. Recognised by what
 * they say of themselves (https://isbot.js.org); one that lies is no different from a browser here.
 */
import { isbot } from "isbot";

/** More is never read, as of any user agent. */
const longest = 512;

/** @param userAgent the request's header, or an empty string; never stored, logged or passed on */
export const isBot = (userAgent: string): boolean => isbot(userAgent.slice(0, longest));
