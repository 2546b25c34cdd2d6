/**
 * The keys of two mappings in one order: the present ones keep theirs, and each new one comes after the
 * key that it follows in the source, or before the one that it precedes, or else at the end.
 */
export function mergedOrder(present: readonly string[], source: readonly string[]): string[] {
  const known = new Set(present);
  const first: string[] = [];
  const followers = new Map<string, string[]>();
  let group = first;
  for (const key of source) {
    if (known.has(key)) followers.set(key, (group = []));
    else group.push(key);
  }
  const leader = source.find((key) => known.has(key));
  if (leader === undefined) return [...present, ...first];
  return present.flatMap((key) => [
    ...(key === leader ? first : []),
    key,
    ...(followers.get(key) ?? []),
  ]);
}
