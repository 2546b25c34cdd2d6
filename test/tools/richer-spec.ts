import type { Operation } from "../../generated/spec.js";

// What `generate` would write for another document: every kind of operation that the facade carries.

export const spec = { title: "Another API", version: "2.0", sha256: "0".repeat(64) };

export const zones = Object.freeze({
  north: "https://north.gateway.example/v2",
  south: "https://south.gateway.example/v2",
  moon: "https://moon.gateway.example/colony/v3",
});

export const defaultZone = "north";

export const auth = { header: "x-api-key", prefix: "" };

type Success = Operation["success"];
type Kinds = Success["kinds"];

const query = (style: string, explode: boolean, required = false) =>
  ({ in: "query", required, style, explode }) as const;
const id = { id: { in: "path", required: true } } as const;
const json = (...kinds: Kinds): Success => ({
  mediaTypes: ["application/json"],
  kinds,
  empty: false,
});
const nothing: Success = { mediaTypes: [], kinds: [], empty: true };
const body = (required: boolean, mediaType: string, ...kinds: Kinds) => ({
  body: { required, mediaType, kinds },
});
const plain = { parameters: {}, secrets: [], legible: [] };

export const operations: Record<string, Operation> = {
  search: {
    ...{ ...plain, method: "GET", path: "/things", success: json("array") },
    parameters: {
      q: query("form", true),
      token: query("form", false),
      more: query("form", true),
      form: query("form", false),
      space: query("spaceDelimited", false),
      pipe: query("pipeDelimited", false),
      "odd name&": query("form", true),
    },
  },
  count: {
    ...{ ...plain, method: "GET", path: "/count/{kind}", success: json("number", "null") },
    parameters: { kind: id.id, since: query("form", true, true) },
  },
  replaceTags: {
    ...{ ...plain, method: "PUT", path: "/things/{id}/tags", success: json("string") },
    ...body(true, "application/json", "array"),
    parameters: id,
  },
  rename: {
    ...{ ...plain, method: "PATCH", path: "/things/{id}/name", parameters: id },
    ...body(false, "application/merge-patch+json", "string", "null"),
    success: { ...json("object"), mediaTypes: ["application/json", "text/json"], empty: true },
  },
  create: {
    ...{ ...plain, method: "POST", path: "/things", success: json("object"), secrets: ["pin"] },
    ...body(true, "application/json", "object"),
  },
  remove: { ...plain, method: "DELETE", path: "/things/{id}", parameters: id, success: nothing },
  exists: { ...plain, method: "HEAD", path: "/things/{id}", parameters: id, success: nothing },
  escape: { ...plain, method: "GET", path: "/things/../secrets", success: json("object") },
};
