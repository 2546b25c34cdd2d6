import { parseJson } from "./json.js";
import { quietly, type Thrown } from "./outcome.js";
import { escapeRegExp, formsOf, mostLayers, readingsOf, shortestSecret } from "./secrets.js";

/** What stands in place of a secret. */
export const mark = "[redacted]";
const markPattern = escapeRegExp(mark);

/**
 * How much is searched for the sake of one error, in characters times what is looked for. An answer made
 * of escapes can be read in so many ways that it would else keep the process busy for seconds.
 */
const mostWork = 25_000_000;

/** Hides secrets in text, JSON and errors that other code made, for one error or attempt. */
export type Redactor = ReturnType<typeof createRedactor>;

/** A redactor of these secrets, where they are long enough, and of these API keys. */
export function createRedactor(given: readonly string[], keys: readonly string[] = []) {
  // Headers and forms lose the spaces at its ends, and many a service drops a line break there.
  const trimmed = (texts: readonly string[]) => texts.flatMap((text) => [text, text.trim()]);
  const long = trimmed(given).filter(({ length }) => length >= shortestSecret);
  const secrets = [...new Set([...long, ...trimmed(keys)])];
  const { text, isExhausted } = createHider(secrets);
  // Parsing can change how a number is written.
  const numbers = new Set(secrets.filter((secret) => secret.trim()).map(Number));

  /** A copy of JSON; undefined where it is too much to search, or too deep. */
  function value(json: unknown): unknown {
    const copy = (item: unknown): unknown => {
      if (typeof item === "string") return text(item);
      if (typeof item === "number")
        return numbers.has(item) || text(`${item}`) !== `${item}` ? mark : item;
      if (Array.isArray(item)) return item.map(copy);
      if (typeof item !== "object" || item === null) return item;
      return Object.fromEntries(Object.entries(item).map(([name, at]) => [text(name), copy(at)]));
    };
    const result = quietly(() => copy(json));
    return isExhausted() ? undefined : result;
  }

  /** A plain error with the usual properties of what was thrown, and of the causes behind it. */
  function cause(thrown: Thrown | undefined): Error | undefined {
    if (!thrown) return undefined;
    const copy = new Error(text(thrown.message));
    const set = (name: string, value: unknown) => {
      const enumerable = name === "code" || name === "syscall";
      Object.defineProperty(copy, name, { value, enumerable, configurable: true, writable: true });
    };
    // Its own stack would name the functions here.
    set("stack", text(thrown.stack || thrown.message));
    for (const name of ["name", "code", "syscall"] as const)
      if (thrown[name]) set(name, text(thrown[name]));
    if (thrown.cause) set("cause", cause(thrown.cause));
    if (thrown.errors.length > 0) set("errors", thrown.errors.map(cause));
    return copy;
  }

  return { text, value, cause, isExhausted, json: (source: string) => value(parseJson(source)) };
}

/** Hides secrets in texts, until it has searched as much as it may: then it hides each text whole. */
function createHider(secrets: readonly string[]) {
  const long = secrets.filter(({ length }) => length >= shortestSecret);
  const short = secrets.filter(({ length }) => length < shortestSecret);
  const forms = [...new Set(long.flatMap(formsOf))];
  // The mark stays as it is, whatever the secrets are.
  const written = patternOf([...forms, markPattern]);
  const asGiven = patternOf([...short.map(escapeRegExp), markPattern]);
  const beneath = patternOf(forms);
  // A part of a secret can be a secret: hiding it first would leave the rest of the whole.
  const wholes = long.filter((secret) =>
    long.some((part) => part.length < secret.length && secret.includes(part)),
  );
  const whole: { text(source: string): string } | undefined =
    wholes.length > 0 ? createHider(wholes) : undefined;
  let left = mostWork;

  /** The text with a mark in place of each secret; the mark alone where one stands beneath escapes. */
  function text(source: string): string {
    if (!mayRead(source) || whole?.text(source) === mark) return mark;
    const clean = replace(source, written);
    return conceals(clean.replaceAll(mark, "\0")) ? mark : replace(clean, asGiven);
  }

  function conceals(source: string): boolean {
    const layers = new Map([[source, 0]]);
    // What is added meanwhile is visited, too.
    for (const [reading, layer] of layers) {
      if (layer > 0 && (!mayRead(reading) || reading.search(beneath) >= 0)) return true;
      if (layer === mostLayers) continue;
      for (const next of readingsOf(reading)) if (!layers.has(next)) layers.set(next, layer + 1);
    }
    return false;
  }

  function mayRead({ length }: string): boolean {
    left -= length * (1 + forms.length);
    return left >= 0;
  }

  return { text, isExhausted: () => left < 0 };
}

function replace(source: string, pattern: RegExp): string {
  let clean = "";
  let end = 0;
  for (const { index, 1: form = "" } of source.matchAll(pattern)) {
    // What overlaps or touches the one before is part of the same mark.
    if (index > end || clean === "") clean += source.slice(end, index) + mark;
    end = Math.max(end, index + form.length);
  }
  return clean + source.slice(end);
}

/** Finds each place where one of these begins, also inside of another, and the longest of them there. */
function patternOf(forms: readonly string[]): RegExp {
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  // Hosts and databases change the case of what they quote. An empty set matches nothing.
  return new RegExp(`(?=(${longestFirst.join("|") || "(?!)"}))`, "gi");
}
