import ts from "typescript";

/** A property as it is declared. */
export interface Property {
  readonly optional: boolean;
  readonly type: ts.Type;
}

/** What holds other types, and so is taken apart. */
type Structure = "object" | "array" | "tuple";

/** How many characters of a type a line has room for. */
const longest = 80;

/** Takes types apart, writes them, and relates them as TypeScript does. */
export type Anatomy = ReturnType<typeof createAnatomy>;

export function createAnatomy(checker: ts.TypeChecker) {
  const known = new Map<ts.Type, ReadonlyMap<string, Property>>();

  /** The types of which a type is one; itself where it is no union, and none where it is `never`. */
  function membersOf(type: ts.Type): readonly ts.Type[] {
    const members = type.isUnion() ? type.types : [type];
    return members.filter(
      (member) => !isMissing(member) && (member.flags & ts.TypeFlags.Never) === 0,
    );
  }

  /** Whether it is the mark of an optional property, which is an `undefined` of its own kind. */
  function isMissing(type: ts.Type): boolean {
    return (type.flags & ts.TypeFlags.Undefined) !== 0 && type !== checker.getUndefinedType();
  }

  function structureOf(type: ts.Type): Structure | undefined {
    if (checker.isArrayType(type)) return "array";
    if (checker.isTupleType(type)) return "tuple";
    const parts = type.isIntersection() ? type.types : [type];
    return parts.every((part) => (part.flags & ts.TypeFlags.Object) !== 0) ? "object" : undefined;
  }

  /** The properties of an object; none of what every list has. */
  function propertiesOf(type: ts.Type): ReadonlyMap<string, Property> {
    let properties = known.get(type);
    if (properties === undefined) {
      const symbols = structureOf(type) === "object" ? checker.getPropertiesOfType(type) : [];
      const read = (symbol: ts.Symbol): Property => ({
        optional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
        type: checker.getTypeOfSymbol(symbol),
      });
      properties = new Map(symbols.map((symbol) => [symbol.name, read(symbol)]));
      known.set(type, properties);
    }
    return properties;
  }

  /** The type of properties that are not listed; undefined where there can be none. */
  function indexOf(type: ts.Type): ts.Type | undefined {
    const [index] = checker.getIndexInfosOfType(type);
    return index && (index.type.flags & ts.TypeFlags.Never) === 0 ? index.type : undefined;
  }

  /** What values of a type have under a name; undefined where that is nothing. */
  function propertyOf(type: ts.Type, name: string): Property | undefined {
    const index = indexOf(type);
    return propertiesOf(type).get(name) ?? (index && { optional: true, type: index });
  }

  /** The types of the items of an array or a tuple. */
  function itemsOf(type: ts.Type): readonly ts.Type[] {
    return checker.getTypeArguments(type as ts.TypeReference);
  }

  /** Whether a value of `from` is one of `to`. */
  function accepts(to: ts.Type, from: ts.Type): boolean {
    // Each member for itself: the mark of an optional property is none.
    return membersOf(from).every((member) => {
      // TypeScript lets `any` be everything, which is not what whoever gets one can rely on.
      if ((member.flags & ts.TypeFlags.Any) !== 0) return isTop(to);
      return checker.isTypeAssignableTo(member, to);
    });
  }

  /** A type as short text: where it is one of many, `differing` are the ones that matter. */
  function show(type: ts.Type, differing?: readonly ts.Type[]): string {
    const members = membersOf(type);
    const text = unionText(members, 0);
    if (text.length <= longest) return text;
    if (differing === undefined || differing.length === members.length) return cut(text);
    return differing.length === 0 ? "…" : `… | ${cut(unionText(differing, 0))}`;
  }

  function unionText(members: readonly ts.Type[], depth: number): string {
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
    const items = itemsOf(type).map((item) => unionText(membersOf(item), depth));
    if (structure === "tuple") return `[${items.join(", ")}]`;
    const item = items.join();
    return /^[^{[]* \| /.test(item) ? `(${item})[]` : `${item}[]`;
  }

  function objectText(type: ts.Type): string {
    const valueText = (type: ts.Type): string => unionText(membersOf(type), 1);
    const index = indexOf(type);
    // What does not fit is cut off in the end, and need not be worked out.
    const texts = [...propertiesOf(type)]
      .slice(0, longest)
      .map(([name, { optional, type }]) => `${name}${optional ? "?" : ""}: ${valueText(type)}`);
    if (index !== undefined) texts.push(`[key: string]: ${valueText(index)}`);
    return texts.length === 0 ? "{}" : `{ ${texts.join("; ")} }`;
  }

  return {
    membersOf,
    structureOf,
    propertiesOf,
    indexOf,
    propertyOf,
    itemsOf,
    accepts,
    show,
    /** A type as TypeScript writes it. */
    textOf: (type: ts.Type): string => checker.typeToString(type),
  };
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** Whether every value is one of this type. */
export function isTop(type: ts.Type): boolean {
  return (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
}
