import type ts from "typescript";

import type { Anatomy } from "./anatomy.js";

/** How many characters of a type a line has room for. */
const longest = 80;

/** Writes a type as short text: where it is one of many, `differing` are the ones that matter. */
export function show(anatomy: Anatomy, type: ts.Type, differing?: readonly ts.Type[]): string {
  const members = anatomy.membersOf(type);
  const text = textOf(anatomy, members, 0);
  if (text.length <= longest) return text;
  if (differing === undefined || differing.length === members.length) return cut(text);
  return differing.length === 0 ? "…" : `… | ${cut(textOf(anatomy, differing, 0))}`;
}

function textOf(anatomy: Anatomy, members: readonly ts.Type[], depth: number): string {
  const texts = members.map((member) => memberText(anatomy, member, depth));
  if (texts.includes("true") && texts.includes("false")) {
    texts.splice(texts.indexOf("true"), 1);
    texts.splice(texts.indexOf("false"), 1, "boolean");
  }
  const isNothing = (text: string): boolean => text === "null" || text === "undefined";
  texts.sort((a, b) => Number(isNothing(a)) - Number(isNothing(b)));
  return texts.length === 0 ? "never" : texts.join(" | ");
}

function memberText(anatomy: Anatomy, type: ts.Type, depth: number): string {
  const structure = anatomy.structureOf(type);
  if (structure === undefined) return anatomy.textOf(type);
  if (structure === "object") return depth === 0 ? objectText(anatomy, type) : "{ … }";
  const items = anatomy
    .itemsOf(type)
    .map((item) => textOf(anatomy, anatomy.membersOf(item), depth));
  if (structure === "tuple") return `[${items.join(", ")}]`;
  const item = items.join();
  return /^[^{[]* \| /.test(item) ? `(${item})[]` : `${item}[]`;
}

function objectText(anatomy: Anatomy, type: ts.Type): string {
  const valueText = (type: ts.Type): string => textOf(anatomy, anatomy.membersOf(type), 1);
  const index = anatomy.indexOf(type);
  // What does not fit is cut off in the end, and need not be worked out.
  const properties = [...anatomy.propertiesOf(type)]
    .slice(0, longest)
    .map(([name, { optional, type }]) => `${name}${optional ? "?" : ""}: ${valueText(type)}`);
  if (index !== undefined) properties.push(`[key: string]: ${valueText(index)}`);
  return properties.length === 0 ? "{}" : `{ ${properties.join("; ")} }`;
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
