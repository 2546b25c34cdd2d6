/** A text that can be got at, and how. */
export interface Reached {
  readonly path: string;
  readonly text: string;
}

/**
 * Every text that can be reached from some values: by own properties, enumerable or not, and their
 * names, by the getters of classes, and in the ways in which a runtime shows a value.
 */
export function textsIn(roots: readonly unknown[]): Reached[] {
  const found: Reached[] = [];
  const seen = new Set<unknown>();
  const pending = roots.map((root, index): [string, unknown] => [String(index), root]);
  for (const [path, value] of pending) {
    if (typeof value === "function") continue;
    if (typeof value !== "object" || value === null) {
      found.push({ path, text: String(value) });
    } else if (!seen.has(value)) {
      seen.add(value);
      for (const name of namesIn(value)) {
        found.push({ path: `${path} has the name`, text: String(name) });
        pending.push([`${path}.${String(name)}`, Reflect.get(value, name)]);
      }
    }
  }
  for (const root of roots) {
    for (const [path, show] of Object.entries(shows())) found.push({ path, text: show(root) });
  }
  return found;
}

function namesIn(value: object): (string | symbol)[] {
  const parent = Object.getPrototypeOf(value) as object | null;
  const inherited = parent && parent !== Object.prototype ? namesIn(parent) : [];
  return [...Reflect.ownKeys(value), ...inherited];
}

/** The ways to show a value: the standard ones, and those of the runtime. */
function shows(): Record<string, (value: unknown) => string> {
  const runtime = globalThis as {
    Deno?: { inspect: (value: unknown, options: object) => string };
    Bun?: { inspect: (value: unknown, options: object) => string };
  };
  const inspect = (runtime.Deno ?? runtime.Bun)?.inspect ?? (() => "");
  return {
    "JSON.stringify": (value) => JSON.stringify(value),
    String: (value) => String(value),
    inspect: (value) => inspect(value, { depth: 20, getters: true }),
  };
}
