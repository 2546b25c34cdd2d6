import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** What a compiler said of a project. */
export interface Compilation {
  /** Its problems, each in one line that begins with the file, and the files that it read. */
  problems: string[];
  files: string[];
}

/** As strict as TypeScript can be, with the declarations that are imported checked, too. */
const strictest = {
  target: "ES2022",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
};

/** Type-checks files of a folder in a process of the compiler's own. */
export async function compile(
  compiler: string,
  folder: string,
  name: string,
  files: readonly string[],
  options: object,
): Promise<Compilation> {
  const project = path.join(folder, `tsconfig.${name}.json`);
  await writeFile(
    project,
    JSON.stringify({ compilerOptions: { ...strictest, ...options }, files }),
  );
  const tsc = path.join(compiler, "bin/tsc");
  const args = [tsc, "-p", project, "--listFiles", "--pretty", "false"];
  const ran = await execute(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 }).catch(
    (error: unknown) => error as { stdout: string; stderr: string; code: number },
  );
  const lines = ran.stdout.split(/\r?\n/);
  const problems = lines.filter((line) => /(?:^|\): )error TS\d+:/.test(line));
  // A compiler that fell over, or that says it in other words, has not agreed.
  if ("code" in ran && problems.length === 0)
    problems.push(`it failed: ${ran.stderr.slice(0, 400)}`);
  return { problems, files: lines.filter((line) => path.isAbsolute(line)) };
}
