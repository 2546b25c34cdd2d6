import ts from "typescript";

/** A property as it is declared. */
export interface Property {
  readonly optional: boolean;
  readonly type: ts.Type;
}

/** What holds other types, and so is taken apart. */
export type Structure = "object" | "array" | "tuple";

/** Takes types apart, and relates them as TypeScript does. */
export interface Anatomy {
  /** The types of which a type is one; itself where it is no union, and none where it is `never`. */
  readonly membersOf: (type: ts.Type) => readonly ts.Type[];
  readonly structureOf: (type: ts.Type) => Structure | undefined;
  /** The properties of an object; none of what every list has. */
  readonly propertiesOf: (type: ts.Type) => ReadonlyMap<string, Property>;
  /** The type of properties that are not listed; undefined where there can be none. */
  readonly indexOf: (type: ts.Type) => ts.Type | undefined;
  /** Whether values of the type can have a property of the name. */
  readonly has: (type: ts.Type, name: string) => boolean;
  /** The types of the items of an array or a tuple. */
  readonly itemsOf: (type: ts.Type) => readonly ts.Type[];
  /** Whether a value of `from` is one of `to`. */
  readonly accepts: (to: ts.Type, from: ts.Type) => boolean;
}

export function createAnatomy(checker: ts.TypeChecker): Anatomy {
  const known = new Map<ts.Type, ReadonlyMap<string, Property>>();

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

  function propertiesOf(type: ts.Type): ReadonlyMap<string, Property> {
    let properties = known.get(type);
    if (properties === undefined) {
      const symbols = structureOf(type) === "object" ? checker.getPropertiesOfType(type) : [];
      properties = new Map(
        symbols.map((symbol) => [
          symbol.name,
          {
            optional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
            type: checker.getTypeOfSymbol(symbol),
          },
        ]),
      );
      known.set(type, properties);
    }
    return properties;
  }

  function indexOf(type: ts.Type): ts.Type | undefined {
    const [index] = checker.getIndexInfosOfType(type);
    return index && (index.type.flags & ts.TypeFlags.Never) === 0 ? index.type : undefined;
  }

  function acceptsMember(to: ts.Type, from: ts.Type): boolean {
    // TypeScript lets `any` be everything, which is not what whoever gets one can rely on.
    if ((from.flags & ts.TypeFlags.Any) !== 0) return isTop(to);
    return checker.isTypeAssignableTo(from, to);
  }

  return {
    membersOf,
    structureOf,
    propertiesOf,
    indexOf,
    has: (type, name) => propertiesOf(type).has(name) || indexOf(type) !== undefined,
    itemsOf: (type) => checker.getTypeArguments(type as ts.TypeReference),
    // Each member for itself: the mark of an optional property is none.
    accepts: (to, from) => membersOf(from).every((member) => acceptsMember(to, member)),
  };
}

/** Whether every value is one of this type. */
export function isTop(type: ts.Type): boolean {
  return (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
}
