import type { Format, Scene } from "../runtime.js";
import type { Setting } from "../suite.js";

type Told = Pick<Scene, "stage" | "capabilities">;

/** The source of a module that runs the suite, in the service's folder. */
export function entryOf(format: Format, scene: Told): string {
  const setting = settingOf(format, scene);
  return format === "cjs"
    ? `const { runSuite } = require("./suite.cjs");
       runSuite(require("peaka-client"), ${setting}, require.resolve("peaka-client"));`
    : `import * as peaka from "peaka-client";
       import { runSuite } from "./suite.mjs";
       await runSuite(peaka, ${setting}, import.meta.resolve("peaka-client"));`;
}

export function settingOf(format: Format, { stage, capabilities }: Told): string {
  const file = format === "cjs" ? "index.cjs" : "index.js";
  return JSON.stringify({ stage: stage.url, file, capabilities } satisfies Setting);
}
