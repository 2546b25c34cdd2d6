import { inspect } from "node:util";

/** A text that can be got at, and how. */
export interface Reached {
  readonly path: string;
  readonly text: string;
}

/**
 * Every text that can be reached from a value: own properties and their names whether enumerable or
 * not, accessors of prototypes too, what it iterates over, bytes, and all ways in which it is shown.
 */
export function reach(root: unknown): Reached[] {
  const found: Reached[] = [];
  const seen = new Set<object>();
  const pending: [path: string, value: unknown][] = [["", root]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [path, value] = next;
    if (!isObject(value)) {
      // A clock shows digits by chance.
      if (!/\.(?:durationMs|retryInMs)$/.test(path)) found.push({ path, text: String(value) });
    } else if (!seen.has(value)) {
      seen.add(value);
      for (const [name, inner] of membersOf(value)) {
        found.push({ path: `${path} has the name`, text: name });
        pending.push([`${path}.${name}`, inner]);
      }
    }
  }
  for (const [path, show] of Object.entries(shows)) {
    const text = attempt(() => show(root));
    found.push({ path, text: String(text).replace(/(durationMs|retryInMs)"?: ?[\de.+-]+/g, "$1") });
  }
  return found;
}

const everything = { showHidden: true, depth: Infinity, getters: true, maxArrayLength: null };

const shows: Record<string, (value: unknown) => unknown> = {
  inspect: (value) => inspect(value, { ...everything, maxStringLength: null }),
  "inspect of few levels": (value) => inspect(value),
  "JSON.stringify": (value) => JSON.stringify(value),
  String: (value) => String(value),
};

function membersOf(value: object): [name: string, inner: unknown][] {
  const members: [string, unknown][] = [];
  for (
    let owner: object | null = value;
    owner && owner !== Object.prototype && owner !== Function.prototype;
    owner = Object.getPrototypeOf(owner) as object | null
  ) {
    for (const name of Reflect.ownKeys(owner)) {
      // What a prototype holds is code, but for its accessors, which give what the value holds.
      const isAccessor = Reflect.getOwnPropertyDescriptor(owner, name)?.get !== undefined;
      if (owner !== value && !isAccessor) continue;
      members.push([String(name), attempt(() => Reflect.get(value, name) as unknown)]);
    }
  }
  for (const name of ["toJSON", "toString"] as const) {
    const show: unknown = attempt(() => Reflect.get(value, name) as unknown);
    if (typeof show === "function" && typeof value !== "function") {
      members.push([`${name}()`, attempt(() => Reflect.apply(show, value, []) as unknown)]);
    }
  }
  if (value instanceof Map || value instanceof Set || value instanceof Headers) {
    members.push(["entries", [...(value as Iterable<unknown>)]]);
  }
  if (ArrayBuffer.isView(value)) members.push(["bytes", Buffer.from(value.buffer).toString()]);
  if (value instanceof URL) members.push(["href", value.href]);
  return members;
}

/** What a function gives or throws. */
function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
