import { reach } from "./reach.js";
import { needlesOf } from "./secret-forms.js";

/**
 * Where a secret can be reached from a value, in whatever form; empty where none can. A secret has to
 * be one that no text holds by chance.
 */
export function leaksIn(root: unknown, secrets: readonly string[]): string[] {
  const reached = reach(root).map(({ path, text }) => ({ path, text, small: text.toLowerCase() }));
  // As one, which is searched a hundred times faster than each of them.
  const all = {
    text: reached.map(({ text }) => text).join("\0\0"),
    small: reached.map(({ small }) => small).join("\0\0"),
  };
  const leaks: string[] = [];
  const look = (needle: string, kind: "text" | "small") => {
    if (!all[kind].includes(needle)) return;
    const places = reached.filter((one) => one[kind].includes(needle));
    leaks.push(...places.map(({ path }) => `${path}: ${JSON.stringify(needle)}`));
  };
  for (const secret of new Set(secrets)) {
    const { inAnyCase, asWritten } = needlesOf(secret);
    for (const needle of inAnyCase) look(needle.toLowerCase(), "small");
    for (const needle of asWritten) look(needle, "text");
  }
  return leaks;
}
