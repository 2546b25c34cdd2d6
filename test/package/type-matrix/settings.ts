/** How a service is compiled: what its tsconfig says of modules, and what its sources are. */
export interface Setting {
  module: string;
  moduleResolution: string;
  /** The extensions of its sources, which tell their format to Node. */
  extensions: readonly ("ts" | "mts" | "cts")[];
  /** The declarations of this package that it must reach. */
  formats: readonly ("esm" | "cjs")[];
  /** Some versions of TypeScript know it not yet, or no longer. */
  has: (version: number) => boolean;
  /** What silences a version that warns of it. */
  extra?: (version: number) => object;
}

const all = () => true;

/** The settings that services have for modules. */
export const settings = {
  nodenext: {
    module: "nodenext",
    moduleResolution: "nodenext",
    extensions: ["mts", "cts"],
    formats: ["esm", "cjs"],
    has: all,
  },
  "node16, CommonJS": {
    module: "node16",
    moduleResolution: "node16",
    extensions: ["ts"],
    formats: ["cjs"],
    has: all,
  },
  "esnext, bundler": {
    module: "esnext",
    moduleResolution: "bundler",
    extensions: ["ts"],
    formats: ["esm"],
    has: all,
  },
  "commonjs, bundler": {
    module: "commonjs",
    moduleResolution: "bundler",
    extensions: ["ts"],
    formats: ["cjs"],
    has: (version) => version >= 6,
  },
  "commonjs, node10": {
    module: "commonjs",
    moduleResolution: "node10",
    extensions: ["ts"],
    formats: ["cjs"],
    has: (version) => version < 7,
    extra: (version) => (version === 6 ? { ignoreDeprecations: "6.0" } : {}),
  },
} satisfies Record<string, Setting>;

/** What declares `fetch`, `Response` and `AbortSignal` to a service. */
export interface Globals {
  lib: readonly string[];
  /** The tool that holds its other types. */
  types?: "node-20" | "node-26";
  /** Whether TypeScript's own libraries are checked, too: that costs seconds, so once is enough. */
  whole?: true;
}

export const globals = {
  "Node's types": { lib: ["ES2022"], types: "node-20" },
  "Node 26's types": { lib: ["ES2022"], types: "node-26" },
  DOM: { lib: ["ES2022", "DOM"] },
  "DOM and Node's types": { lib: ["ES2022", "DOM"], types: "node-20", whole: true },
  neither: { lib: ["ES2022"] },
} satisfies Record<string, Globals>;
