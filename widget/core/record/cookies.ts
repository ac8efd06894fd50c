/** Writing and removing cookies. The only file that knows js-cookie. */
import Cookies from "js-cookie";

/**
 * What every cookie of ours has. js-cookie makes an attribute of whatever an object answers to, what the page has
 * given to every object included: of its own and false it is passed over.
 */
function common(): Record<string, boolean> {
  const attributes: Record<string, boolean> = {};
  for (const name in attributes) attributes[name] = false;
  attributes["secure"] = location.protocol === "https:";
  return attributes;
}

/**
 * Writes a cookie of ours, on a domain where one is given and the browser takes it, else for this host.
 * @param days until it expires
 */
export function writeCookie(name: string, value: string, days: number, domain?: string): void {
  const attributes = { ...common(), expires: days, sameSite: "lax" } as const;
  if (domain) Cookies.set(name, value, { ...attributes, domain });
  // Also where an older cookie of this host alone shadows the one of the domain.
  if (Cookies.get(name) !== value) Cookies.set(name, value, attributes);
}

export const cookieNames = (): string[] => Object.keys(Cookies.get());

/**
 * Removes a cookie on every domain and path it can have been set on from here. A leading dot of the
 * Domain attribute makes no difference (RFC 6265, section 5.2.3); a closing slash of the path does.
 */
export function removeCookie(name: string): void {
  const attributes = common();
  const labels = location.hostname.split(".");
  const paths = ["/"];
  let path = "";
  for (const segment of location.pathname.split("/").slice(1)) {
    path += `/${segment}`;
    paths.push(path, `${path}/`);
  }
  for (const path of paths) {
    Cookies.remove(name, { ...attributes, path });
    for (const index of labels.keys())
      Cookies.remove(name, { ...attributes, path, domain: labels.slice(index).join(".") });
  }
}
