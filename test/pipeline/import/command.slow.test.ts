import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { text } from "node:stream/consumers";

import { expect, test } from "vitest";

import { ofAnotherApi } from "../../tools/departures.js";
import { listen } from "../../tools/listen.js";
import { contentsOf, emptyFolder, pageOf, peaka, root } from "./harness.js";

/** Starts the command in a folder as `npm run import-spec` does. */
function start(cwd: string, ...args: string[]) {
  const script = path.join(root, "scripts/import-spec.ts");
  const command = ["--import", import.meta.resolve("tsx"), script, ...args];
  return spawn(process.execPath, command, { cwd });
}

async function outcomeOf(child: ReturnType<typeof start>) {
  const [out, err] = [text(child.stdout), text(child.stderr)];
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out: await out, err: await err };
}

test("npm run import-spec prints the changes, and exits 1 on a refusal", async () => {
  const folder = await emptyFolder();
  await writeFile(path.join(folder, "spec.yaml"), peaka);
  await writeFile(path.join(folder, "page.md"), pageOf(peaka.replace("Gateway API", "API")));
  const changed = await outcomeOf(start(folder, "page.md", "--spec", "spec.yaml"));
  expect(changed).toEqual({ code: 0, out: "changed info: title\n", err: "" });
  expect(await outcomeOf(start(folder, "none.md", "--spec", "spec.yaml"))).toEqual({
    code: 1,
    out: "",
    err: "none.md: no such file\n",
  });
});

test("a signal while it reads leaves the spec as it was, and nothing beside it", async () => {
  const folder = await emptyFolder();
  await writeFile(path.join(folder, "spec.yaml"), peaka);
  ofAnotherApi();
  const server = createServer((_, response) => {
    response.write(peaka.slice(0, 2000));
    child.kill("SIGINT");
  });
  const address = `${await listen(server)}/spec.yaml`;
  const child = start(folder, address, "--spec", "spec.yaml", "--all");
  expect(await once(child, "exit")).toEqual([null, "SIGINT"]);
  expect(Object.keys(await contentsOf(folder))).toEqual(["spec.yaml"]);
  expect(await readFile(path.join(folder, "spec.yaml"), "utf8")).toBe(peaka);
});
