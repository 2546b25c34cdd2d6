import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Scene } from "../runtime.js";
import { settingOf } from "./entry.js";
import { launch, type Launched } from "./process.js";

const main = "peaka-client/dist/index.js";

/** Runs the suite in a worker, which has the installed files as its modules and is asked once. */
export async function inWorkerd(scene: Scene): Promise<Launched> {
  const { command, folder, own } = scene;
  const modules = await modulesOf(folder);
  modules["worker"] = `import * as peaka from "peaka-client";
    import { runSuite } from "suite";
    export default {
      async fetch() {
        await runSuite(peaka, ${settingOf("esm", scene)}, "${main}");
        return new Response();
      },
    };`;
  for (const [name, text] of Object.entries(modules)) {
    await writeFile(path.join(own, `${name}.js`), text);
  }
  await writeFile(path.join(own, "config.capnp"), configOf(Object.keys(modules)));
  const launched = launch(command, ["serve", "config.capnp", "--control-fd=3"], own);
  void ask(launched);
  return launched;
}

/** The files of the service that the worker is made of, by the names that they are imported by. */
async function modulesOf(folder: string): Promise<Record<string, string>> {
  const read = (file: string) => readFile(path.join(folder, file), "utf8");
  return {
    "peaka-client": await read(`node_modules/${main}`),
    "openapi-fetch": await read("node_modules/openapi-fetch/dist/index.mjs"),
    suite: await read("suite.mjs"),
  };
}

function configOf(names: string[]): string {
  // The first is the one that answers.
  const modules = ["worker", ...names.filter((name) => name !== "worker")].map(
    (name) => `(name = "${name}", esModule = embed "${name}.js")`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [
        (name = "main", worker = (
          modules = [${modules.join(", ")}],
          compatibilityDate = "2026-11-01",
          globalOutbound = "loopback",
        )),
        (name = "loopback", network = (allow = ["127.0.0.0/8"])),
      ],
      sockets = [(name = "main", address = "127.0.0.1:0", http = (), service = "main")],
    );`;
}

/** Asks once it tells where it listens. A worker that fails is ended, and with it the wait for its results. */
async function ask({ told, end }: Launched): Promise<void> {
  const { port } = JSON.parse((await told) || "{}") as { port?: number };
  const response = await fetch(`http://127.0.0.1:${port}`).catch(() => undefined);
  if (!response?.ok) await end();
}
