import type { Json, JsonObject } from "../openapi/json.js";

const vocabulary = `
  account balance catalog connection credential customer date delivery entry field folder
  group index invoice item label limit link market member message model order owner page
  payment period policy price project query record region report request result role rule
  schedule schema segment series setting source state status table target task team total
  type unit user value version view zone
`
  .trim()
  .split(/\s+/);

/**
 * Makes a document of so many operations, of mixed shape, the same at every call; where they are small,
 * they have many enums and long descriptions, and no examples.
 */
export function largeDocument(operations: number, prose: number, isSmall = false): JsonObject {
  const random = createRandom(1);
  const pick = <T>(choices: readonly T[]): T => choices[random(choices.length)] as T;

  function text(words: number): string {
    return Array.from({ length: words }, () => pick(vocabulary)).join(" ");
  }

  /** Documents of this size have neighbourhoods: schemas refer to others of their own subject. */
  let neighbourhood = 0;
  function schemaRef(): Json {
    return { $ref: `#/components/schemas/${schemaName(neighbourhood + random(40))}` };
  }

  function property(depth: number): Json {
    const described = { description: text(random(prose)) };
    switch (isSmall && random(2) === 0 ? 2 : random(depth > 2 ? 6 : 9)) {
      case 0:
        return { type: "integer", format: "int64", example: random(1000), ...described };
      case 1:
        return { type: "boolean", default: true, ...described };
      case 2:
        return { type: "string", enum: vocabulary.slice(0, 2 + random(6)), ...described };
      case 3:
        return { type: "string", nullable: true, readOnly: random(4) === 0, ...described };
      case 4:
        return { type: "array", items: schemaRef(), ...described };
      case 5:
        return schemaRef();
      case 6:
        return { type: "object", additionalProperties: { type: "string" }, ...described };
      case 7:
        return { oneOf: [schemaRef(), { type: "string" }], ...described };
      default:
        return object(depth + 1);
    }
  }

  function object(depth: number): JsonObject {
    const names = Array.from(
      { length: isSmall ? 2 + random(3) : 3 + random(8) },
      (_, index) => `${pick(vocabulary)}${index}`,
    );
    return {
      type: "object",
      description: text(random(prose)),
      required: names.filter(() => random(3) === 0),
      properties: Object.fromEntries(names.map((name) => [name, property(depth)])),
    };
  }

  function schema(index: number): Json {
    neighbourhood = index - (index % 40);
    if (index % 5 !== 4) return object(0);
    return { allOf: [{ $ref: `#/components/schemas/${schemaName(index - 1)}` }, object(0)] };
  }

  function example(): Json {
    return Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`${pick(vocabulary)}${index}`, text(6)]),
    );
  }

  function operation(index: number, method: string): JsonObject {
    neighbourhood = index * 4 - ((index * 4) % 40);
    const json = (examples: number): Json => ({
      "application/json": {
        schema: schemaRef(),
        examples: Object.fromEntries(
          Array.from({ length: isSmall ? 0 : examples }, (_, number) => [
            `Example ${number}`,
            { value: example() },
          ]),
        ),
      },
    });
    return {
      operationId: `${method}Thing${index}`,
      tags: [pick(vocabulary)],
      summary: text(6),
      description: text(prose * 3),
      parameters: [
        { $ref: "#/components/parameters/page" },
        { name: "filter", in: "query", description: text(prose), schema: { type: "string" } },
      ],
      ...(method !== "get" && { requestBody: { required: true, content: json(3) } }),
      responses: {
        "200": { description: text(prose), content: json(3) },
        "400": { $ref: "#/components/responses/problem" },
        "404": { $ref: "#/components/responses/problem" },
      },
      "x-code-samples": [{ lang: "curl", source: text(prose * 2) }],
    };
  }

  return {
    openapi: "3.0.3",
    info: { title: "A large API", version: "1" },
    servers: [{ url: "https://large.example/v1", description: "EU Zone" }],
    security: [{ key: [] }],
    paths: Object.fromEntries(
      Array.from({ length: operations / 2 }, (_, index) => [
        `/things${index}/{id}`,
        {
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
          get: operation(index, "get"),
          put: operation(index, "put"),
        },
      ]),
    ),
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer" } },
      parameters: { page: { name: "page", in: "query", schema: { type: "integer" } } },
      responses: {
        problem: {
          description: "A problem",
          content: { "application/json": { schema: { type: "object" } } },
        },
      },
      schemas: Object.fromEntries(
        Array.from({ length: operations * 2 }, (_, index) => [schemaName(index), schema(index)]),
      ),
    },
  };
}

function schemaName(index: number): string {
  return `Thing${index}`;
}

/** A generator of whole numbers below a bound, which gives the same ones from the same seed. */
function createRandom(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}
