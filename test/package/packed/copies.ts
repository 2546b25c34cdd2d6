import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { root, type Service } from "./service.js";

/** One format of the installed package. */
export interface Copy {
  peaka: typeof import("../../../src/index.js");
  undici: typeof import("../../../src/undici.js");
}

export interface Copies {
  esm: Copy;
  cjs: Copy;
  remove: () => Promise<void>;
}

/** Loads both formats of what a service has installed, and undici, into this process. */
export async function loadCopies(service: Service): Promise<Copies> {
  // A folder of its own: the service itself shall do without undici.
  const folder = await mkdtemp(path.join(tmpdir(), "peaka-client-copies-"));
  const modules = path.join(folder, "node_modules");
  await cp(path.join(service.folder, "node_modules"), modules, { recursive: true });
  await symlink(path.join(root, "node_modules/undici"), path.join(modules, "undici"), "dir");
  const main = path.join(folder, "main.cjs");
  // Node alone loads it: a test's own import would be that of the test runner.
  await writeFile(
    main,
    `exports.esm = async () => ({
      peaka: await import("peaka-client"),
      undici: await import("peaka-client/undici"),
    });
    exports.cjs = { peaka: require("peaka-client"), undici: require("peaka-client/undici") };`,
  );
  const loaded = createRequire(main)(main) as { esm: () => Promise<Copy>; cjs: Copy };
  return {
    esm: await loaded.esm(),
    cjs: loaded.cjs,
    remove: () => rm(folder, { recursive: true }),
  };
}
