import { OptionDefaults } from "typedoc";

/** The reference of every public name, from its doc comment; a name without one fails. */
export default {
  entryPoints: ["src/index.ts", "src/undici.ts"],
  tsconfig: "tsconfig.build.json",
  out: "docs/reference",
  readme: "README.md",
  // The spec's own descriptions, as openapi-typescript writes them.
  blockTags: [...OptionDefaults.blockTags, "@description"],
  excludeInternal: true,
  excludeExternals: true,
  disableSources: true,
  hideGenerator: true,
  // Steps on the way to a type, which the types that are exported spell out.
  intentionallyNotExported: [
    ...["Documented", "Input", "Like", "Open"].map((name) => `src/types.ts:${name}`),
    ...["Inputs", "RequestExamples", "Results", "operations"].map(
      (name) => `generated/spec.ts:${name}`,
    ),
  ],
  validation: { notExported: true, invalidLink: true, notDocumented: true },
  treatWarningsAsErrors: true,
};
