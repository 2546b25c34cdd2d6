import ts from "typescript";

import type { Anatomy } from "./anatomy.js";

/** How the types of one union stand to each other, and to those of another. */
export interface Relations {
  /** Whether some property, by its literal values, tells values of the two types apart. */
  readonly areApart: (a: ts.Type, b: ts.Type) => boolean;
  /** Whether a type takes what it has in common with another one. */
  readonly takesCommon: (type: ts.Type, other: ts.Type) => boolean;
  /** Whether the values of each property are among those that some types give it, where one has it. */
  readonly isAmong: (type: ts.Type, others: readonly ts.Type[]) => boolean;
  /** Whether another type requires all that a type requires. */
  readonly demandsNoMore: (type: ts.Type, other: ts.Type) => boolean;
}

export function createRelations(anatomy: Anatomy): Relations {
  const { accepts, indexOf, membersOf, propertiesOf, structureOf } = anatomy;

  function areApart(a: ts.Type, b: ts.Type): boolean {
    if (structureOf(a) !== structureOf(b)) return true;
    const others = propertiesOf(b);
    return [...propertiesOf(a)].some(([name, property]) => {
      const other = others.get(name);
      if (other === undefined || property.optional || other.optional) return false;
      const [values, otherValues] = [membersOf(property.type), membersOf(other.type)];
      return (
        [...values, ...otherValues].every(({ flags }) => (flags & ts.TypeFlags.Literal) !== 0) &&
        !values.some((value) => otherValues.some((otherValue) => accepts(otherValue, value)))
      );
    });
  }

  const typeIn = (type: ts.Type, name: string): ts.Type | undefined =>
    propertiesOf(type).get(name)?.type ?? indexOf(type);

  function takesCommon(type: ts.Type, other: ts.Type): boolean {
    return [...propertiesOf(other)].every(([name, property]) => {
      const common = typeIn(type, name);
      return common === undefined || accepts(common, property.type);
    });
  }

  function isAmong(type: ts.Type, others: readonly ts.Type[]): boolean {
    return [...propertiesOf(type)].every(([name, property]) => {
      const common = others
        .map((other) => typeIn(other, name))
        .filter((known) => known !== undefined);
      const values = membersOf(property.type);
      return (
        common.length === 0 ||
        values.every((value) => common.some((known) => accepts(known, value)))
      );
    });
  }

  function demandsNoMore(type: ts.Type, other: ts.Type): boolean {
    return [...propertiesOf(type)].every(
      ([name, { optional }]) => optional || propertiesOf(other).get(name)?.optional === false,
    );
  }

  return { areApart, takesCommon, isAmong, demandsNoMore };
}
