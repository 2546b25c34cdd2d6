import path from "node:path";
import type { Compilation } from "./compile.js";
import type { Row } from "./rows.js";
import type { Setting } from "./settings.js";

/** What one version of TypeScript makes of one row. */
export interface Verdict {
  /** In a word, if there are no problems. */
  word: "ok" | "refused" | "bare";
  problems: string[];
  /** Problems of the declarations of others: undici's, or Node's. */
  others: string[];
}

/** Without DOM or Node's types nothing declares these. */
const bare = /src\/options\.d\.ts\(.*Cannot find name '(?:RequestInit|Response|AbortSignal)'/;

/** A version that does not have a setting must say so: else the matrix would have a gap. */
export function judgeRefusal({ problems }: Compilation): Verdict {
  const isRefused = problems.some((problem) => /^tsconfig.*error TS5\d{3}:/.test(problem));
  const wrong = isRefused ? [] : ["it has this setting: settings.ts says otherwise"];
  return { word: "refused", problems: wrong, others: [] };
}

/** Judges what a compiler said in a folder, and what it read there and of the tools. */
export function judge(
  { globals, undici }: Row,
  { formats }: Setting,
  { problems, files }: Compilation,
  folder: string,
  tools: string,
): Verdict {
  const modules = path.join(folder, "node_modules");
  const declarations = path.join(modules, "peaka-client/dist/types");
  const missed = formats
    .filter((format) => !files.includes(path.join(declarations, format, "src/index.d.ts")))
    .map((format) => `does not reach the declarations of ${format}`);
  // Types of a dependency would be checked by every service, and could break with any release.
  const strange = files.filter((file) => {
    if (within(declarations, file)) return false;
    if (!within(tools, file)) return within(modules, file) || !within(folder, file);
    const [peer] = /undici-\d/.exec(path.relative(tools, file)) ?? [];
    return peer !== undefined && peer !== undici;
  });
  const wrong = [...missed, ...strange.map((file) => `reads ${path.relative(folder, file)}`)];

  if (globals === "neither") {
    const own = problems.filter((problem) => problem.startsWith("node_modules/"));
    const known = own.filter((problem) => bare.test(problem));
    if (known.length === 0) wrong.push("knows fetch without the types of any");
    wrong.push(...own.filter((problem) => !known.includes(problem)));
    return { word: "bare", problems: wrong, others: [] };
  }
  // A problem begins with its file, from the folder.
  const others = problems.filter((problem) => within(tools, path.resolve(folder, problem)));
  wrong.push(...problems.filter((problem) => !others.includes(problem)));
  return { word: "ok", problems: wrong, others };
}

function within(folder: string, file: string): boolean {
  return file.startsWith(folder + path.sep);
}
