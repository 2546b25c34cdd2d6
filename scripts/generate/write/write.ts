import fs from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";

import { PipelineError } from "../../openapi/refuse.js";

/**
 * Writes the files of a folder, all of them or none, each replaced whole, and leaves alone those that
 * hold the same already. Gives the names of those that it wrote.
 */
export async function write(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const changed = [...files].filter(([name, code]) => contentOf(path.join(folder, name)) !== code);
  await uninterrupted(() => {
    try {
      fs.mkdirSync(folder, { recursive: true });
      replaceAll(folder, changed);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      throw new PipelineError(`${folder}: cannot be written (${code})`);
    }
  });
  return changed.map(([name]) => name);
}

/** Compares a folder with what the spec gives, and has a line on each file that differs. */
export function check(folder: string, files: ReadonlyMap<string, string>): string[] {
  const findings: string[] = [];
  for (const [name, code] of files) {
    const file = path.join(folder, name);
    const content = contentOf(file);
    if (content === undefined) findings.push(`${file} is missing`);
    else if (content !== code) findings.push(`${file} is stale or edited: generate gives another`);
  }
  const present = fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
  for (const name of present.filter((name) => !files.has(name))) {
    findings.push(`${path.join(folder, name)} is extra: generate does not write it`);
  }
  return findings;
}

/** The operations of a `spec.ts`, by operationId: none where there is no such file. */
export async function callableIn(file: string): Promise<readonly string[]> {
  const { default: ts } = await import("typescript");
  const { statements } = ts.createSourceFile(file, contentOf(file) ?? "", ts.ScriptTarget.Latest);
  const inputs = statements.filter(ts.isInterfaceDeclaration);
  const members = inputs.find(({ name }) => name.text === "Inputs")?.members ?? [];
  return members.flatMap(({ name }) => (name !== undefined && "text" in name ? [name.text] : []));
}

/** Puts every file beside its place first, so that what remains to be done at the end is to rename. */
function replaceAll(folder: string, files: readonly (readonly [string, string])[]): void {
  const undo: (() => void)[] = [];
  const steps = files.map(([name, code]) => {
    const place = path.join(folder, name);
    // A link stays one: what it leads to is what is replaced, and keeps its mode.
    const target = fs.existsSync(place) ? fs.realpathSync(place) : place;
    const { dir, base } = path.parse(target);
    return { code, target, temporary: path.join(dir, `.${base}.${process.pid}.tmp`) };
  });
  try {
    for (const { code, target, temporary } of steps) {
      fs.writeFileSync(temporary, code);
      const mode = fs.statSync(target, { throwIfNoEntry: false })?.mode;
      if (mode !== undefined) fs.chmodSync(temporary, mode);
    }
    for (const { target, temporary } of steps) {
      const before = contentOf(target);
      fs.renameSync(temporary, target);
      undo.push(() => {
        if (before === undefined) fs.rmSync(target);
        else fs.writeFileSync(target, before);
      });
    }
  } catch (error) {
    for (const step of undo) step();
    throw error;
  } finally {
    for (const { temporary } of steps) fs.rmSync(temporary, { force: true });
  }
}

/** The text of a file; undefined where there is none. */
function contentOf(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Runs to its end what must not be left half done; a signal that comes meanwhile counts after it. */
async function uninterrupted(action: () => void): Promise<void> {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  let received: NodeJS.Signals | undefined;
  const hold = (signal: NodeJS.Signals): void => {
    received = signal;
  };
  for (const signal of signals) process.on(signal, hold);
  try {
    action();
    // A listener is told of a signal in the next whole turn of the event loop.
    await setImmediate();
    await setImmediate();
  } finally {
    for (const signal of signals) process.off(signal, hold);
    if (received !== undefined) process.kill(process.pid, received);
  }
}
