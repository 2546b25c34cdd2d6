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

const query = (style: string, explode: boolean, required = false) =>
  ({ in: "query", required, style, explode }) as const;
const inPath = { in: "path", required: true } as const;
const json = (...kinds: Operation["success"]["kinds"]): Operation["success"] => ({
  mediaTypes: ["application/json"],
  kinds,
  empty: false,
});
const nothing: Operation["success"] = { mediaTypes: [], kinds: [], empty: true };
const body = (
  required: boolean,
  ...kinds: Operation["success"]["kinds"]
): NonNullable<Operation["body"]> => ({
  mediaType: "application/json",
  kinds,
  required,
});
const plain = { parameters: {}, secrets: [] };

export const operations: Record<string, Operation> = {
  search: {
    ...plain,
    method: "GET",
    path: "/things",
    parameters: {
      q: query("form", true),
      token: query("form", false),
      formExploded: query("form", true),
      form: query("form", false),
      space: query("spaceDelimited", false),
      pipe: query("pipeDelimited", false),
      deep: query("deepObject", true),
      "odd name&": query("form", true),
    },
    success: json("array"),
  },
  count: {
    ...plain,
    method: "GET",
    path: "/count/{kind}",
    parameters: { kind: inPath, since: query("form", true, true) },
    success: json("number", "null"),
  },
  replaceTags: {
    ...plain,
    method: "PUT",
    path: "/things/{id}/tags",
    parameters: { id: inPath },
    body: body(true, "array"),
    success: json("string"),
  },
  rename: {
    ...plain,
    method: "PATCH",
    path: "/things/{id}/name",
    parameters: { id: inPath },
    body: { mediaType: "application/merge-patch+json", kinds: ["string", "null"], required: false },
    success: {
      mediaTypes: ["application/json", "application/hal+json"],
      kinds: ["object"],
      empty: true,
    },
  },
  create: {
    ...plain,
    method: "POST",
    path: "/things",
    body: body(true, "object"),
    success: json("object"),
    secrets: ["pin"],
  },
  remove: {
    ...plain,
    method: "DELETE",
    path: "/things/{id}",
    parameters: { id: inPath },
    success: nothing,
  },
  exists: {
    ...plain,
    method: "HEAD",
    path: "/things/{id}",
    parameters: { id: inPath },
    success: nothing,
  },
  escape: { ...plain, method: "GET", path: "/things/../secrets", success: json("object") },
};
