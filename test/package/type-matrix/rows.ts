import type { globals, settings } from "./settings.js";

/** One line of the matrix: a service in one setting. */
export interface Row {
  setting: keyof typeof settings;
  globals: keyof typeof globals;
  /** The tool that is its undici, where it uses `peaka-client/undici`. */
  undici?: (typeof peers)[number];
}

/** The oldest undici that is allowed, the one of this repository, and the newest. */
export const peers = ["undici-6", "undici-7", "undici-8"] as const;

export const rows: readonly Row[] = [
  { setting: "nodenext", globals: "Node's types" },
  { setting: "nodenext", globals: "Node 26's types" },
  { setting: "nodenext", globals: "DOM" },
  { setting: "nodenext", globals: "DOM and Node's types" },
  { setting: "nodenext", globals: "neither" },
  ...(
    ["node16, CommonJS", "esnext, bundler", "commonjs, bundler", "commonjs, node10"] as const
  ).flatMap((setting): Row[] => [
    { setting, globals: "Node's types" },
    { setting, globals: "DOM" },
  ]),
  ...peers.map((undici): Row => ({ setting: "nodenext", globals: "Node's types", undici })),
  { setting: "commonjs, node10", globals: "Node's types", undici: "undici-7" },
];

export function labelOf({ setting, globals, undici }: Row): string {
  return [setting, globals, undici?.replace("-", " ")].filter(Boolean).join(" | ");
}
