/** Addresses of places in the page: `#/devices/greenhouse-1?range=24h`. */

export interface Route {
  /** The parts between slashes, decoded: `["devices", "greenhouse-1"]`. */
  path: string[];
  query: URLSearchParams;
}

export function parseRoute(text: string): Route {
  const [path = "", query = ""] = text.replace(/^#?\/?/, "").split("?", 2);
  return { path: path.split("/").filter(Boolean).map(decode), query: new URLSearchParams(query) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a place. Query values that are null are left out. */
export function addressOf(path: string[], query: Record<string, string | null> = {}): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== null) parameters.set(key, value);
  }
  const asked = parameters.toString();
  return `#/${path.map(encodeURIComponent).join("/")}${asked ? `?${asked}` : ""}`;
}
