import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { readBase } from "./compare/base.js";
import { compare } from "./compare/compare.js";
import { report } from "./compare/report.js";
import { readFolder } from "./compare/side.js";
import { runCommand } from "./generate/command.js";
import { PipelineError } from "./openapi/refuse.js";

const root = fileURLToPath(new URL("..", import.meta.url));

const help = `Is the new generated/ safe for services that compile against the old one?

npm run compare -- [BASE] [options]

BASE              a git revision whose generated/ is the old one, or such a folder (default: HEAD)
--base-dir DIR    the same, and never taken for a revision
--generated DIR   the new one (default: generated/)
--json            findings and verdict as one JSON document
--help            this text

Exit code 0: the next version can be a minor or patch one. 1: it breaks services, or it cannot be told.`;

await runCommand(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      "base-dir": { type: "string" },
      generated: { type: "string", default: path.relative("", path.join(root, "generated")) },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const [base, ...more] = positionals;
  const folder = values["base-dir"];
  if (more.length > 0 || (base !== undefined && folder !== undefined)) {
    throw new PipelineError("there is one BASE to compare with: name a revision or a folder");
  }
  const old = folder === undefined ? readBase(base ?? "HEAD", root) : readFolder(folder);
  const comparison = compare(old, readFolder(values.generated));
  if (values.json) console.log(JSON.stringify(comparison, undefined, 2));
  else for (const line of report(comparison)) console.log(line);
  if (comparison.verdict === "major") process.exitCode = 1;
});
