import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

import openapiTypescript, { astToString } from "openapi-typescript";

// What the bench compares with: openapi-typescript alone, with our options, from file to file.
const [spec = "", out = ""] = process.argv.slice(2);
const nodes = await openapiTypescript(pathToFileURL(spec), {
  defaultNonNullable: false,
  emptyObjectsUnknown: true,
  silent: true,
});
await writeFile(out, astToString(nodes));
