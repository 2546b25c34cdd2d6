import type { Capabilities, Family } from "./capabilities.js";
import type { Launched } from "./launch/process.js";
import type { Stage } from "./stage.js";

export type Format = "esm" | "cjs";

/** A runtime of the matrix. */
export interface Runtime {
  /** What it is asked for by, such as `node-22`. */
  readonly name: string;
  readonly family: Family;
  /** The program. */
  readonly command: string;
  readonly formats: readonly Format[];
  /** Starts it on the suite. */
  readonly start: (scene: Scene) => Promise<Launched>;
  /** It ends by itself once the suite has, if nothing is left to do. */
  readonly endsItself: boolean;
}

/** What a runtime is started with. */
export interface Scene {
  readonly command: string;
  readonly format: Format;
  readonly capabilities: Capabilities;
  /** A service that has installed the package, with the suite as `suite.mjs` and `suite.cjs`. */
  readonly folder: string;
  /** An empty folder of its own. */
  readonly own: string;
  readonly stage: Stage;
}
