import type { Description } from "../describe/describe.js";
import { allKinds } from "../describe/kinds.js";
import { literal } from "./literal.js";

/** The types of the facts themselves, for who reads those of any operation. */
export const factTypes = `/** The kinds of JSON that a schema can ask for. */
export type JsonKind = ${allKinds.map((kind) => literal(kind)).join(" | ")};

/** What the facade knows of an operation at run time. */
export interface Operation {
  readonly method: string;
  /** The path template. */
  readonly path: string;
  readonly parameters: Readonly<
    Record<string, { in: "path" | "query"; required: boolean; style?: string; explode?: boolean }>
  >;
  readonly body?: { mediaType: string; kinds: readonly JsonKind[]; required: boolean };
  /** Media types to accept, kinds of JSON to expect, and whether there may be no content. */
  readonly success: { mediaTypes: readonly string[]; kinds: readonly JsonKind[]; empty: boolean };
  /** The properties of the body that hold secrets. */
  readonly secrets: readonly string[];
}`;

/** The type of an operation's input, in terms of openapi-typescript's `operations` under this name. */
export function inputType(all: string, id: string, { parameters, body }: Description): string {
  const operation = `${all}[${literal(id)}]`;
  const parts: string[] = [];
  for (const place of ["path", "query"] as const) {
    const names = [...parameters].filter(([, parameter]) => parameter.in === place);
    if (names.length === 0) continue;
    const documented = `${operation}["parameters"]["${place}"]`;
    const chosen = names.map(([name]) => keyType(name)).join(" | ");
    // All query parameters together are optional where each one is.
    parts.push(`Pick<${place === "path" ? documented : `NonNullable<${documented}>`}, ${chosen}>`);
  }
  if (body !== undefined) {
    const content = `["content"][${literal(body.key)}]`;
    const documented = `${operation}["requestBody"]`;
    parts.push(
      body.required
        ? `{ body: ${documented}${content} }`
        : `{ body?: NonNullable<${documented}>${content} }`,
    );
  }
  return parts.length === 0 ? "Record<string, never>" : parts.join(" & ");
}

/** The type of an operation's result, in terms of openapi-typescript's `operations` under this name. */
export function resultType(all: string, id: string, { success }: Description): string {
  const types = success.contents.map(({ status, key }) => {
    const response = /^\d+$/.test(status) ? status : literal(status);
    return `${all}[${literal(id)}]["responses"][${response}]["content"][${literal(key)}]`;
  });
  return [...types, ...(success.empty ? ["undefined"] : [])].join(" | ");
}

/** The type of a property's name: openapi-typescript writes a number for a name that is one. */
function keyType(name: string): string {
  return /^\d/.test(name) && String(Number(name)) === name ? name : literal(name);
}
