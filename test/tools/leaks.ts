import { reach, type Reached } from "./reach.js";
import { formsOf, percent } from "./secret-forms.js";

const mark = "[redacted]";

/** Stands between texts, and for marks: in no secret but by a chance that is none. */
const [between, marked] = ["\uF8FE", "\uF8FF"];

/** Texts as one, which is searched a hundred times faster than each of them. */
interface Haystack {
  readonly all: string;
  /** All of it in small letters. */
  readonly small: string;
  /** Without what is shown: there, quotes and escapes could make a secret of very few characters. */
  readonly told: string;
}

/**
 * Where a secret can be reached from a value, and in which form; empty where none can. The marker does
 * not count, nor does what `twin` holds: the same failure with other secrets, so all that it shows is
 * the facade's own words. `echoes` are further forms to look for.
 */
export function leaksIn(
  root: unknown,
  secrets: readonly string[],
  twin?: object,
  echoes: readonly string[] = [],
): string[] {
  return leaksAmong(reach(root), secrets, twin, echoes);
}

/** The same, of texts that were reached already. */
export function leaksAmong(
  reached: readonly Reached[],
  secrets: readonly string[],
  twin?: object,
  echoes: readonly string[] = [],
): string[] {
  const found = haystackOf(reached);
  const own = twin ? ownWordsOf(twin) : haystackOf([]);
  const leaks: string[] = [];
  for (const { form, name, text } of formsToFind(secrets, echoes)) {
    if (!found[text].includes(form) || own[text].includes(form)) continue;
    const places = reached.filter((one) => haystackOf([one])[text].includes(form));
    leaks.push(...places.map(({ path }) => `${path}: ${name} ${JSON.stringify(form)}`));
  }
  return leaks;
}

/**
 * What is left beside marks where an answer had ⟦an echo⟧ or <[an echo]>, so that no part of one stays
 * either; empty where nothing is, and where the echoes have such brackets of their own.
 */
export function remainsAmong(reached: readonly Reached[], echoes: readonly string[]): string[] {
  if (echoes.some((echo) => /⟦|<\[/.test(echo) || "⟦⟧<[]>".includes(echo))) return [];
  return reached
    .filter(({ isShow }) => !isShow)
    .flatMap(({ path, text }) => {
      const rests = text.replaceAll(mark, "").matchAll(/(?:⟦|<\[)(?!⟧|\]>)(.*)/gs);
      return Array.from(rests, ([, rest = ""]) => rest)
        .filter((rest) => !isCutMark(rest))
        .map((rest) => `${path}: ${rest}`);
    });
}

/** Long messages are cut, and so may be the last mark of one. */
function isCutMark(rest: string): boolean {
  const [start = "", ...after] = rest.split("…");
  return after.length > 0 && mark.startsWith(start);
}

interface Needle {
  readonly form: string;
  readonly name: string;
  readonly text: keyof Haystack;
}

function formsToFind(secrets: readonly string[], echoes: readonly string[]): Needle[] {
  // By its text, since most forms of a plain secret are the same.
  const needles = new Map<string, Needle>();
  const add = (form: string, name: string, text: Needle["text"]) => {
    needles.set(form, { form, name, text });
    // A header is read byte by byte.
    const asRead = Buffer.from(form).toString("latin1");
    if (asRead !== form) needles.set(asRead, { form: asRead, name: `${name}, as read`, text });
  };
  for (const echo of echoes) {
    add(echo, "as echoed", "all");
    add(percent(echo), "as echoed, percent-encoded", "all");
  }
  for (const secret of secrets) {
    const text = secret.length < 4 ? "told" : "all";
    for (const [name, form] of Object.entries(formsOf(secret)).reverse()) add(form, name, text);
  }
  const long = secrets.filter(({ length }) => length >= 4);
  const small = long.map((secret): Needle => {
    return { form: secret.toLowerCase(), name: "in other capitals", text: "small" };
  });
  return [...needles.values(), ...small];
}

const ownWords = new WeakMap<object, Haystack>();

function ownWordsOf(twin: object): Haystack {
  const own = ownWords.get(twin) ?? haystackOf(reach(twin));
  ownWords.set(twin, own);
  return own;
}

function haystackOf(reached: readonly Reached[]): Haystack {
  const join = (some: readonly Reached[]) =>
    some
      .map(({ text }) => text)
      .join(between)
      .replaceAll(mark, marked);
  const all = join(reached);
  return { all, small: all.toLowerCase(), told: join(reached.filter(({ isShow }) => !isShow)) };
}
