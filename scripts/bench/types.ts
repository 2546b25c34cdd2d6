import { interleave, runApart } from "./apart.js";
import { writeConsumers } from "./consumers.js";
import { inNewFolder } from "../package/install.js";
import { median } from "./median.js";
import type { TypeCost } from "./type-check.js";

// What it costs a service to type-check its calls, next to the same calls with types written by hand.
const rounds = 7;
/** What checking a service may take, in terms of the same service with types written by hand. */
const acceptedRatio = 1.3;
const operations = 130;

type Figure = Exclude<keyof TypeCost, "problems">;
type Costs = ReadonlyMap<string, readonly TypeCost[]>;

await inNewFolder(async (folder) => {
  const files = await writeConsumers(folder, operations);
  for (const skipLibCheck of [true, false]) {
    const costs = await interleave([...files.keys()], rounds, async (name) => {
      const args = [files.get(name) ?? "", String(skipLibCheck)];
      const cost = await runApart<TypeCost>("type-check.ts", args);
      if (cost.problems.length > 0) throw new Error(`${name}:\n${cost.problems.join("\n")}`);
      return cost;
    });
    console.log(`\nskipLibCheck: ${skipLibCheck}, medians of ${rounds} processes each`);
    for (const name of costs.keys()) show(name, costs);
    // TypeScript does nothing but compute, on one processor: this is the time that it would take alone.
    const [ours, byHand] = ["peaka-client", "hand-written types"].map((name) =>
      of(costs, name, "processor"),
    ) as [number, number];
    const ratio = ours / byHand;
    console.log(`  peaka-client: ${ratio.toFixed(2)}x the processor, at most ${acceptedRatio}`);
    if (!(ratio <= acceptedRatio)) process.exitCode = 1;
  }
});

function show(name: string, costs: Costs): void {
  const figure = (figure: Figure) => of(costs, name, figure);
  const ratio = figure("processor") / of(costs, "hand-written types", "processor");
  const times = ["total", "check", "processor"] as const;
  const cells = times.map((time) => `${time} ${figure(time).toFixed(0).padStart(5)} ms`);
  console.log(
    `  ${name.padEnd(25)}${cells.join("   ")} ${ratio.toFixed(2)}x` +
      `${whole(figure("types"))} types${whole(figure("instantiations"))} instantiations` +
      `${whole(Math.round(figure("memory")))} MB`,
  );
}

function of(costs: Costs, name: string, figure: Figure): number {
  return median((costs.get(name) ?? []).map((cost) => cost[figure]));
}

function whole(value: number): string {
  return value.toLocaleString("en-GB").padStart(9);
}
