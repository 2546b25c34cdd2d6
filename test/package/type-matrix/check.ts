import path from "node:path";
import { compile } from "./compile.js";
import { judge, judgeRefusal, type Verdict } from "./judge.js";
import { labelOf, type Row } from "./rows.js";
import { globals, settings, type Globals, type Setting } from "./settings.js";
import { sourcesOf } from "./workspace.js";

/** Where everything is: the service, by its undici if it has one, and the tools. */
export interface Places {
  folderOf: (undici: Row["undici"]) => string;
  tools: string;
}

/** Has one version of TypeScript, such as 5.4, check one row of the matrix. */
export async function check(version: string, row: Row, places: Places): Promise<Verdict> {
  const setting: Setting = settings[row.setting];
  const compiler = path.join(places.tools, `typescript-${version}`);
  const folder = places.folderOf(row.undici);
  const name = `${version} ${labelOf(row)}`.replace(/[^\w.]+/g, "-");
  const isRefused = !setting.has(Number(version));
  const { lib, types, whole }: Globals = globals[isRefused ? "neither" : row.globals];
  const compilation = await compile(compiler, folder, name, sourcesOf(row, setting), {
    ...{ module: setting.module, moduleResolution: setting.moduleResolution },
    ...{ lib, types: types ? ["node"] : [], typeRoots: [`./types/${types ?? "none"}`] },
    skipDefaultLibCheck: !whole,
    ...setting.extra?.(Number(version)),
  });
  if (isRefused) return judgeRefusal(compilation);
  return judge(row, setting, compilation, folder, places.tools);
}
