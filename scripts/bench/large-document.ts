import type { Json, JsonObject } from "../openapi/json.js";

const vocabulary =
  "account balance catalog connection credential customer date delivery entry field folder group index invoice item label limit link market member message model order owner page payment period policy price project query record region report request result role rule schedule schema segment series setting source state status table target task team total type unit user value version view zone".split(
    " ",
  );

/**
 * Makes a document of so many operations, of mixed shape, the same at every call; where they are small,
 * they have many enums and long descriptions, and no examples.
 */
export function largeDocument(operations: number, prose: number, isSmall = false): JsonObject {
  let state = 1;
  /** A whole number below a bound, the same ones in every document. */
  const random = (bound: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  const many = <T>(count: number, make: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const pick = <T>(choices: readonly T[]): T => choices[random(choices.length)] as T;
  const text = (words: number): string => many(words, () => pick(vocabulary)).join(" ");

  /** Documents of this size have neighbourhoods: schemas refer to others of their own subject. */
  let neighbourhood = 0;
  const ref = (): JsonObject => ({
    $ref: `#/components/schemas/Thing${neighbourhood + random(40)}`,
  });
  const enumOf = (): JsonObject => ({ type: "string", enum: vocabulary.slice(0, 2 + random(6)) });
  const properties: ((depth: number) => JsonObject)[] = [
    () => ({ type: "integer", format: "int64", example: random(1000) }),
    () => ({ type: "boolean", default: true }),
    enumOf,
    () => ({ type: "string", nullable: true, readOnly: random(4) === 0 }),
    () => ({ type: "array", items: ref() }),
    ref,
    () => ({ type: "object", additionalProperties: { type: "string" } }),
    () => ({ oneOf: [ref(), { type: "string" }] }),
    (depth) => object(depth + 1),
  ];

  function object(depth: number): JsonObject {
    const count = isSmall ? 2 + random(3) : 3 + random(8);
    const names = many(count, (index) => `${pick(vocabulary)}${index}`);
    const property = (): JsonObject => {
      const make =
        isSmall && random(2) === 0 ? enumOf : pick(properties.slice(0, depth > 2 ? 6 : 9));
      return { description: text(random(prose)), ...make(depth) };
    };
    return {
      type: "object",
      description: text(random(prose)),
      required: names.filter(() => random(3) === 0),
      properties: Object.fromEntries(names.map((name) => [name, property()])),
    };
  }

  function json(): Json {
    const example = (): Json =>
      Object.fromEntries(many(9, (index) => [`${pick(vocabulary)}${index}`, text(6)]));
    const examples = many(isSmall ? 0 : 3, (index) => [`Example ${index}`, { value: example() }]);
    return {
      "application/json": { schema: ref(), examples: Object.fromEntries(examples) as Json },
    };
  }

  function operation(index: number, method: string): JsonObject {
    neighbourhood = index * 4 - ((index * 4) % 40);
    return {
      operationId: `${method}Thing${index}`,
      tags: [pick(vocabulary)],
      summary: text(6),
      description: text(prose * 3),
      parameters: [
        { $ref: "#/components/parameters/page" },
        { name: "filter", in: "query", description: text(prose), schema: { type: "string" } },
      ],
      ...(method !== "get" && { requestBody: { required: true, content: json() } }),
      responses: {
        "200": { description: text(prose), content: json() },
        "404": { $ref: "#/components/responses/problem" },
      },
      "x-code-samples": [{ lang: "curl", source: text(prose * 2) }],
    };
  }

  function schema(index: number): JsonObject {
    neighbourhood = index - (index % 40);
    if (index % 5 !== 4) return object(0);
    return { allOf: [{ $ref: `#/components/schemas/Thing${index - 1}` }, object(0)] };
  }

  const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
  const problem = { description: "A problem", content: { "application/json": { schema: {} } } };
  const paths = many(operations / 2, (index) => [
    `/things${index}/{id}`,
    { parameters: [id], get: operation(index, "get"), put: operation(index, "put") },
  ]);
  const schemas = many(operations * 2, (index) => [`Thing${index}`, schema(index)]);
  return {
    openapi: "3.0.3",
    info: { title: "A large API", version: "1" },
    servers: [{ url: "https://large.example/v1", description: "EU Zone" }],
    security: [{ key: [] }],
    paths: Object.fromEntries(paths) as Json,
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer" } },
      parameters: { page: { name: "page", in: "query", schema: { type: "integer" } } },
      responses: { problem },
      schemas: Object.fromEntries(schemas) as Json,
    },
  };
}
