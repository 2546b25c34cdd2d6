import { inspect } from "node:util";

/** A text that can be got at, and how. */
export interface Reached {
  readonly path: string;
  readonly text: string;
}

/**
 * Every text that can be reached from a value: own properties and their names whether enumerable or
 * not, what its prototypes add, what it iterates over, what its functions give, bytes, and all ways in
 * which it is shown.
 */
export function reach(root: unknown): Reached[] {
  const found: Reached[] = [];
  const seen = new Set<object>();
  const pending: [path: string, value: unknown][] = [["", root]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [path, value] = next;
    if (!isObject(value)) {
      found.push({ path, text: String(value) });
    } else if (!seen.has(value)) {
      seen.add(value);
      for (const [name, inner] of membersOf(value)) {
        found.push({ path: `${path} has the name`, text: name });
        pending.push([`${path}.${name}`, inner]);
      }
    }
  }
  for (const [path, show] of Object.entries(shows)) {
    found.push({ path, text: String(attempt(() => show(root))) });
  }
  return found;
}

const shows: Record<string, (value: unknown) => unknown> = {
  inspect: (value) =>
    inspect(value, {
      ...{ showHidden: true, depth: Infinity, getters: true },
      ...{ maxArrayLength: null, maxStringLength: null },
    }),
  "inspect of few levels": (value) => inspect(value),
  "JSON.stringify": (value) => JSON.stringify(value),
  String: (value) => String(value),
};

function* membersOf(value: object): Generator<[name: string, inner: unknown]> {
  const read = (name: PropertyKey) => attempt(() => Reflect.get(value, name) as unknown);
  for (const name of [...Reflect.ownKeys(value), ...inheritedBy(value)]) {
    yield [String(name), read(name)];
  }
  if (typeof value === "function") {
    if (value.length === 0) yield ["()", attempt(() => (value as () => unknown)())];
    return;
  }
  for (const name of ["toJSON", "toString"]) {
    const show = read(name);
    if (typeof show === "function" && show !== Object.prototype.toString) {
      yield [`${name}()`, attempt((): unknown => Reflect.apply(show, value, []))];
    }
  }
  if (inspect.custom in value) yield ["inspect()", attempt(() => inspect(value))];
  const bytes = ArrayBuffer.isView(value) ? value.buffer : value;
  if (bytes instanceof ArrayBuffer) yield ["bytes", Buffer.from(bytes).toString()];
  else if (!Array.isArray(value) && Symbol.iterator in value) {
    yield ["items", attempt(() => itemsOf(value as Iterable<unknown>))];
  }
}

/** The properties that its prototypes add: all but their code, and what all objects or lists share. */
function inheritedBy(value: object): PropertyKey[] {
  const prototype = Object.getPrototypeOf(value) as object | null;
  const isShared = (all: object) =>
    Object.hasOwn(all, "isPrototypeOf") || Array.isArray(all) || typeof all === "function";
  if (!prototype || isShared(prototype)) return [];
  const own = Reflect.ownKeys(prototype).filter((name) => {
    const property = Reflect.getOwnPropertyDescriptor(prototype, name);
    return property?.get !== undefined || typeof property?.value !== "function";
  });
  return [...own, ...inheritedBy(prototype)];
}

/** What a loop over it gives, which may be endless. */
function itemsOf(value: Iterable<unknown>): unknown[] {
  const items: unknown[] = [];
  for (const item of value) if (items.push(item) >= 1_000) break;
  return items;
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
