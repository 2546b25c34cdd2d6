import { checkPackage } from "@arethetypeswrong/core";
import type { Packed } from "./packed.js";

/** Where TypeScript's resolution of an entry, in any of its modes, departs from what runs. */
export async function findWrongTypes({ parsed }: Pick<Packed, "parsed">): Promise<string[]> {
  const result = await checkPackage(parsed);
  if (!result.types) return ["the package has no types"];
  // The form of each kind differs: all of it tells where and what.
  return result.problems.map(({ kind, ...where }) => `${kind}: ${JSON.stringify(where)}`);
}
