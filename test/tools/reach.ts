import { inspect } from "node:util";

/** A text that can be got at, and how. */
export interface Reached {
  readonly path: string;
  readonly text: string;
  /** True where it is a way in which the whole is shown, with quotes and escapes of its own. */
  readonly isShow?: boolean;
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
      // A clock shows digits by chance.
      if (!/\.(?:durationMs|retryInMs)$/.test(path)) found.push({ path, text: String(value) });
    } else if (!seen.has(value)) {
      seen.add(value);
      for (const [name, inner] of membersOf(value)) {
        // How many items a list has tells nothing, but could be a key of two digits.
        const isCount = Array.isArray(value) && /^(?:length|\d+)$/.test(name);
        if (!isCount) found.push({ path: `${path} has the name`, text: name });
        if (!isCount || name !== "length") pending.push([`${path}.${name}`, inner]);
      }
    }
  }
  for (const [path, show] of Object.entries(shows)) {
    const text = String(attempt(() => show(root)));
    found.push({ path, text: text.replace(clocks, "$1"), isShow: true });
  }
  return found;
}

const clocks = /(durationMs|retryInMs)"?: ?[\de.+-]+/g;

const everything = {
  showHidden: true,
  depth: Infinity,
  maxArrayLength: null,
  maxStringLength: null,
};

const shows: Record<string, (value: unknown) => unknown> = {
  inspect: (value) => inspect(value, everything),
  "inspect of few levels": (value) => inspect(value),
  "JSON.stringify": (value) => JSON.stringify(value),
  String: (value) => String(value),
};

function* membersOf(value: object): Generator<[name: string, inner: unknown]> {
  for (const name of Reflect.ownKeys(value)) yield memberOf(value, name);
  const prototype = prototypeOf(value);
  for (const name of prototype ? addedBy(prototype) : []) yield memberOf(value, name);
  for (const name of ["toJSON", "toString", inspect.custom] as const) {
    const show: unknown = attempt(() => Reflect.get(value, name) as unknown);
    if (typeof show !== "function" || show === plainToString || typeof value === "function")
      continue;
    const run = (): unknown =>
      name === inspect.custom ? inspect(value) : Reflect.apply(show, value, []);
    yield [`${String(name)}()`, attempt(run)];
  }
  if (typeof value === "function" && value.length === 0) {
    yield ["()", attempt(() => (value as () => unknown)())];
  }
  const isBytes = ArrayBuffer.isView(value);
  if (isBytes || value instanceof ArrayBuffer) {
    yield ["bytes", Buffer.from(isBytes ? value.buffer : value).toString()];
  } else if (!Array.isArray(value) && Symbol.iterator in value) {
    yield ["items", attempt(() => itemsOf(value as Iterable<unknown>))];
  }
}

function memberOf(value: object, name: string | symbol): [name: string, inner: unknown] {
  return [String(name), attempt(() => Reflect.get(value, name) as unknown)];
}

const plainToString: unknown = Reflect.get(Object.prototype, "toString");

/** True for what all objects, lists or functions share, in any realm. */
function isOrdinary(prototype: object): boolean {
  const isOfObjects = Object.hasOwn(prototype, "isPrototypeOf");
  return isOfObjects || Array.isArray(prototype) || typeof prototype === "function";
}

// Most values share a handful of prototypes.
const added = new WeakMap<object, (string | symbol)[]>();

/** The properties that a prototype and those above it add: all but its code. */
function addedBy(prototype: object): (string | symbol)[] {
  if (isOrdinary(prototype)) return [];
  const isCode = (name: string | symbol) => {
    const property = Reflect.getOwnPropertyDescriptor(prototype, name);
    return !property?.get && typeof property?.value === "function";
  };
  const names = added.get(prototype) ?? Reflect.ownKeys(prototype).filter((name) => !isCode(name));
  added.set(prototype, names);
  const parent = prototypeOf(prototype);
  return parent ? [...names, ...addedBy(parent)] : names;
}

/** What a loop over it gives, which may be endless. */
function itemsOf(value: Iterable<unknown>): unknown[] {
  const items: unknown[] = [];
  for (const item of value) if (items.push(item) >= 1_000) break;
  return items;
}

function prototypeOf(value: object): object | null {
  return Object.getPrototypeOf(value) as object | null;
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
