import { spec } from "../../tools/rebuild.js";

/** One fact of the spec, changed. */
export interface Mutation {
  /** What is replaced in the text, and by what; each stands there exactly once. */
  readonly edits: readonly (readonly [from: string, to: string])[];
  /** Code of a service, which compiles against the changed package. */
  readonly service: string;
}

/** Another content of the response. */
export function response(
  mediaType: string,
  schema = "{ $ref: '#/components/schemas/Connection' }",
  key = "content",
): Mutation["edits"] {
  const from = `          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Connection'
`;
  const to = `          ${key}:
            ${mediaType}:
              schema: ${schema}
`;
  return [[from, to]];
}

/** The text of a query parameter named `tags`, to stand first among the parameters. */
export function queryParameter(style: string, explode: boolean, required = false): string {
  return `        - name: tags
          in: query
          required: ${required}
          style: ${style}
          explode: ${explode}
          schema:
            type: array
            items:
              type: string
`;
}

/** The spec with these replacements in its text. */
export function edited(edits: Mutation["edits"]): string {
  return edits.reduce((text, [from, to]) => {
    const { length } = text.split(from);
    if (length !== 2) throw new Error(`the spec has this ${length - 1} times: ${from}`);
    return text.replace(from, () => to);
  }, spec);
}
