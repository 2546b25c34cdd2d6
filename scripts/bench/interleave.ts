/**
 * The results of each contestant, measured in turn. Each round starts with another contestant, so
 * that what else the machine does falls on all of them.
 */
export async function interleave<Result>(
  contestants: readonly string[],
  rounds: number,
  run: (contestant: string) => Promise<Result>,
): Promise<Map<string, Result[]>> {
  const results = new Map<string, Result[]>(contestants.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const name = contestants[(round + turn) % contestants.length] as string;
      results.get(name)?.push(await run(name));
    }
  }
  return results;
}
