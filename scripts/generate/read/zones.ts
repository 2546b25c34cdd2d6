import { isObject, type Json, type JsonObject, text } from "../../openapi/json.js";
import { at, type Place, refuse } from "../../openapi/refuse.js";

/** The base URL of each zone by name, in the order of the document's servers: the first is the default. */
export type Zones = ReadonlyMap<string, string>;

/** Reads the zones from the document's servers, and refuses a server that is not a zone's. */
export function readZones(document: JsonObject): Zones {
  const place = at(undefined, "servers");
  const servers = document.servers ?? [];
  if (!Array.isArray(servers)) refuse(place, "expected a list");
  if (servers.length === 0) refuse(undefined, "has no servers: each zone needs one");
  const zones = new Map<string, string>();
  servers.forEach((server, index) => {
    const here = at(place, index);
    if (!isObject(server)) refuse(here, "expected a server");
    const name = zoneName(server, here);
    if (zones.has(name)) refuse(here, `is a second server of the zone "${name}"`);
    zones.set(name, baseUrl(server.url, at(here, "url")));
  });
  return zones;
}

/** What of a description may be a zone's name: one word, since services will have it in their code. */
const oneWord = /(?:^|[^\p{L}\p{M}\p{N}_ \t-])[ \t]*([\p{L}\p{M}\p{N}_-]+)[ \t]+Zone\b/iu;

/** The word before "Zone" in the description, or what `x-zone` says instead. */
function zoneName(server: JsonObject, place: Place): string {
  const override = server["x-zone"];
  const described = oneWord.exec(text(server.description) ?? "");
  const name = override ?? described?.[1]?.toLowerCase();
  if (name === undefined) {
    const hint = 'describe it as "<name> Zone", of one word, or add x-zone: <name>';
    refuse(place, `has no zone name: ${hint}`);
  }
  if (typeof name !== "string" || !/^[a-z][a-z0-9_-]*$/i.test(name)) {
    refuse(place, `has ${JSON.stringify(name)} for a zone name: letters, digits, - and _ will do`);
  }
  return name;
}

/** The URL in the form in which requests are pinned to it: no trailing slash, and nothing variable. */
function baseUrl(url: Json | undefined, place: Place): string {
  if (typeof url !== "string" || url === "") refuse(place, "expected a URL");
  if (/[{}]/.test(url)) refuse(place, `"${url}" has variables: write one server for each zone`);
  if (!/^https:\/\//i.test(url) || !URL.canParse(url)) {
    refuse(place, `"${url}" is not an absolute https: URL`);
  }
  const parsed = new URL(url);
  if (/[?#]/.test(url) || parsed.username !== "" || parsed.password !== "") {
    refuse(place, `"${parsed.origin}${parsed.pathname}" has more than a host and a path`);
  }
  return parsed.href.replace(/\/+$/, "");
}
