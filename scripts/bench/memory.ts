import { runApart } from "./apart.js";
import type { Held } from "./heap.js";
import { median } from "./median.js";

// What clients and calls in flight hold, each contestant in a process of its own.
const rounds = 3;
const count = 10_000;
/** What may be left of the heap when all are done, in kilobytes, whatever their number. */
const mostLeftKb = 2000;
const contestants = {
  clients: ["openapi-fetch", "peaka-client"],
  "calls in flight": [
    "fetch",
    "peaka-client",
    "undici.request",
    "peaka-client/undici",
    "peaka-client, in process",
  ],
};

for (const [kind, names] of Object.entries(contestants)) {
  console.log(`\n${count} ${kind}, medians of ${rounds} processes each`);
  for (const name of names) {
    const all: Held[] = [];
    for (let round = 0; round < rounds; round++) {
      all.push(await runApart<Held>("heap.ts", [kind, name, String(count)], ["--expose-gc"]));
    }
    const of = (figure: keyof Held) => median(all.map((held) => held[figure])) / 1000;
    if (!(of("left") <= mostLeftKb)) process.exitCode = 1;
    console.log(
      `  ${name.padEnd(26)}heap ${of("heap").toFixed(2).padStart(6)} kB each` +
        `   rss ${of("rss").toFixed(2).padStart(6)} kB each` +
        `   heap left in the end ${of("left").toFixed(0).padStart(5)} kB`,
    );
  }
}
