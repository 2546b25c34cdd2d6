import path from "node:path";
import { writeFiles } from "../install.js";
import { zones } from "../../../src/index.js";
import { bundleWithAll } from "./bundlers.js";
import type { Packed } from "./packed.js";

/** Names and the form of a declaration differ; a class or a function of ours would be longer. */
const mostBytesBeside = 20;

const unused = `
  import "peaka-client";
  import { createPeakaClient } from "peaka-client";
  import * as everything from "peaka-client";
  import { undiciFetch } from "peaka-client/undici";
`;
const zonesAlone = 'import { zones } from "peaka-client"; console.log(zones);';
const zonesWrittenOut = `console.log(Object.freeze(${JSON.stringify(zones)}));`;

/** What bundlers keep of the package when nothing of it is used, or the zones alone. */
export async function findKept({ service }: Pick<Packed, "service">): Promise<string[]> {
  const problems: string[] = [];
  for (const [name, code] of await bundles(service, "unused", unused)) {
    if (code !== "") problems.push(`${name} keeps, when nothing is used: ${start(code)}`);
  }
  const least = await bundles(service, "zones-written-out", zonesWrittenOut);
  for (const [name, code] of await bundles(service, "zones-alone", zonesAlone)) {
    const beside = code.length - (least.get(name)?.length ?? 0);
    if (beside > mostBytesBeside) {
      problems.push(`${name} keeps ${beside} bytes beside the zones alone: ${start(code)}`);
    }
  }
  return problems;
}

async function bundles(service: string, name: string, code: string) {
  const file = `${name}.mjs`;
  await writeFiles(service, [[file, code]]);
  return bundleWithAll(path.join(service, file));
}

function start(code: string): string {
  return code.length > 400 ? `${code.slice(0, 400)}…` : code;
}
