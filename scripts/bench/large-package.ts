import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { load } from "js-yaml";
import { declare } from "../package/build/declare.js";
import type { JsonObject } from "../openapi/json.js";
import { generate } from "../generate/generate.js";
import { root, writeFiles } from "../package/install.js";
import { largeDocument } from "./large-document.js";

/** What this package would declare, and its `paths.ts`, had its spec so many more operations. */
export async function declareLarge(folder: string, operations: number) {
  for (const part of ["src", "tsconfig.json", "tsconfig.build.json", "package.json"]) {
    await cp(path.join(root, part), path.join(folder, part), { recursive: true });
  }
  await symlink(path.join(root, "node_modules"), path.join(folder, "node_modules"), "dir");
  const spec = load(await readFile(path.join(root, "openapi/peaka.yaml"), "utf8")) as JsonObject;
  const file = path.join(folder, "spec.json");
  await writeFile(file, JSON.stringify(withMore(spec, operations)));
  const { files, leftOut } = await generate(file);
  if (leftOut.length > 0) throw new Error(leftOut.join("\n"));
  await writeFiles(path.join(folder, "generated"), files);
  return { declarations: declare(folder, folder, ["index"]), paths: files.get("paths.ts") ?? "" };
}

/** The schemas of a large document refer to each other in groups of 40: those of 20 operations. */
function withMore(spec: JsonObject, operations: number): JsonObject {
  const more = largeDocument(Math.ceil(operations / 20) * 20, 6);
  const [own, added] = [spec.components, more.components] as JsonObject[];
  const paths = Object.entries(more.paths as JsonObject).slice(0, operations / 2);
  const both = (section: string) => ({
    [section]: { ...(added?.[section] as JsonObject), ...(own?.[section] as JsonObject) },
  });
  return {
    ...spec,
    paths: { ...Object.fromEntries(paths), ...(spec.paths as JsonObject) },
    components: { ...own, ...both("schemas"), ...both("parameters"), ...both("responses") },
  };
}
