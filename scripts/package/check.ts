/** Checks the package as it would be published, and names every problem. */
import { inNewFolder } from "./install.js";
import { findStrays } from "./check/needed.js";
import { pack, type Packed } from "./check/packed.js";
import { lint } from "./check/publint.js";
import { findDangling } from "./check/source-maps.js";
import { findKept } from "./check/tree-shaking.js";
import { findWrongTypes } from "./check/types-wrong.js";

const checks: Record<string, (packed: Packed) => string[] | Promise<string[]>> = {
  "publint, strict": lint,
  "are-the-types-wrong, without exceptions": findWrongTypes,
  "every file is needed": ({ files }) => findStrays(files),
  "maps lead to packed sources": ({ files }) => findDangling(files),
  "bundlers keep what is used": findKept,
};

await inNewFolder(async (folder) => {
  const packed = await pack(folder);
  console.log(`${packed.files.size} files packed`);
  for (const [name, check] of Object.entries(checks)) {
    const problems = await check(packed);
    console.log(`${problems.length === 0 ? "ok" : "not ok"}: ${name}`);
    for (const problem of problems) console.error(`  ${problem}`);
    if (problems.length > 0) process.exitCode = 1;
  }
});
