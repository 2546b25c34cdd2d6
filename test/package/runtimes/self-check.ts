/**
 * Breaks the installed package in one place after the other, and fails where the suite does not notice:
 * a matrix that cannot fail proves nothing. `tsx test/runtimes/self-check.ts`
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { createService } from "../packed/service.js";
import { compileSuite } from "./compile.js";
import { onCommandLine } from "./launch/command-line.js";
import { failuresOf } from "./matrix.js";
import { runOne } from "./run-one.js";
import type { Runtime } from "./runtime.js";

/** What to replace in the installed module, by what breaks. */
const breaks: Record<string, readonly [was: string, is: string]> = {
  nothing: ["", ""],
  "redirects are followed": ['redirect: "manual"', 'redirect: "follow"'],
  "nothing is redacted": ["function text(given) {", "function text(given) { return given;"],
  "every failure is not-applied": ['own === "unknown"', "false"],
  "no further attempt is made": ["const isLast =", "const isLast = true ||"],
  "the abort's reason is lost": ["throwIfAborted()", "aborted"],
  "requests are not cut": ["controller.abort();", ""],
  "a key is needed in every environment": ["?.env", ".env"],
  "answers have no limit": ["size > largestBodyBytes", "false"],
  "the wrong key goes out": ["auth.prefix + key", 'auth.prefix + "other"'],
  "the module is not one": ["export {", "export { nothing,"],
};

const start = onCommandLine();
const runtime: Runtime = {
  ...{ name: "node", family: "node", command: process.execPath, formats: ["esm"], start },
  endsItself: true,
};
const service = await createService();
try {
  await compileSuite(service.folder);
  const file = path.join(service.installed, "dist/index.js");
  const intact = await readFile(file, "utf8");
  for (const [broken, [was, is]] of Object.entries(breaks)) {
    if (!intact.includes(was)) throw new Error(`the module has no ${was}`);
    await writeFile(file, intact.replaceAll(was, is));
    const results = await runOne(runtime, "esm", service.folder);
    const failures = failuresOf({ runtime, format: "esm", results });
    const isRight = failures.length > 0 === (broken !== "nothing");
    console.log(`${isRight ? "ok" : "WRONG"}: ${broken}: ${failures.length} failed`);
    for (const { name, problem } of results) if (problem !== undefined) console.log(`  ${name}`);
    if (!isRight) process.exitCode = 1;
  }
} finally {
  await service.remove();
}
