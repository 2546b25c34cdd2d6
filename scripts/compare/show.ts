import type ts from "typescript";

import type { Anatomy } from "./anatomy.js";

/** How many characters of a type a line has room for. */
const longest = 80;

/** Writes a type as short text: where it is one of many, these are the ones that matter. */
export type Show = (type: ts.Type, differing?: readonly ts.Type[]) => string;

export function createShow(checker: ts.TypeChecker, anatomy: Anatomy): Show {
  const { indexOf, itemsOf, membersOf, propertiesOf, structureOf } = anatomy;

  function textOf(members: readonly ts.Type[], depth: number): string {
    const texts = members.map((member) => memberText(member, depth));
    if (texts.includes("true") && texts.includes("false")) {
      texts.splice(texts.indexOf("true"), 1);
      texts.splice(texts.indexOf("false"), 1, "boolean");
    }
    const isNothing = (text: string): boolean => text === "null" || text === "undefined";
    texts.sort((a, b) => Number(isNothing(a)) - Number(isNothing(b)));
    return texts.length === 0 ? "never" : texts.join(" | ");
  }

  function memberText(type: ts.Type, depth: number): string {
    const structure = structureOf(type);
    if (structure === undefined) return checker.typeToString(type);
    if (structure === "object") return depth === 0 ? objectText(type) : "{ … }";
    const items = itemsOf(type).map((item) => textOf(membersOf(item), depth));
    if (structure === "tuple") return `[${items.join(", ")}]`;
    const item = items.join();
    return /^[^{[]* \| /.test(item) ? `(${item})[]` : `${item}[]`;
  }

  function objectText(type: ts.Type): string {
    const index = indexOf(type);
    // What does not fit is cut off in the end, and need not be worked out.
    const properties = [...propertiesOf(type)].slice(0, longest).map(([name, property]) => {
      const text = textOf(membersOf(property.type), 1);
      return `${name}${property.optional ? "?" : ""}: ${text}`;
    });
    if (index !== undefined) properties.push(`[key: string]: ${textOf(membersOf(index), 1)}`);
    return properties.length === 0 ? "{}" : `{ ${properties.join("; ")} }`;
  }

  return (type, differing) => {
    const members = membersOf(type);
    const text = textOf(members, 0);
    if (text.length <= longest) return text;
    if (differing === undefined || differing.length === members.length) return cut(text);
    return differing.length === 0 ? "…" : `… | ${cut(textOf(differing, 0))}`;
  };
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
