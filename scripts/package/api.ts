import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  ExtractorMessageCategory,
} from "@microsoft/api-extractor";

// The public API as built, as a text to review: `api/`. With --check, fails where that is stale.
const root = fileURLToPath(new URL("../..", import.meta.url));
const isCheck = process.argv.includes("--check");

for (const entry of ["index", "undici", "testing/index"]) {
  const name = ["peaka-client", ...entry.split("/")].filter((part) => part !== "index").join("-");
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: path.join(root, "package.json"),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: path.join(root, `dist/types/esm/src/${entry}.d.ts`),
      newlineKind: "lf",
      compiler: { tsconfigFilePath: path.join(root, "scripts/package/tsconfig.build.json") },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: path.join(root, "api"),
        reportTempFolder: path.join(root, ".tmp/api"),
        // What the exported types are made of changes them, too.
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: {
        // Whether names are exported and documented is for TypeDoc to say: `npm run check`.
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
  const { apiReportChanged, errorCount } = Extractor.invoke(config, {
    localBuild: !isCheck,
    messageCallback: (message) => {
      // The script itself says below what changed.
      message.handled =
        message.category === ExtractorMessageCategory.Console &&
        message.logLevel !== ExtractorLogLevel.Error;
    },
  });
  if (errorCount > 0) throw new Error(`the API of ${name} cannot be read`);
  if (isCheck && apiReportChanged) {
    console.error(`api/${name}.api.md is stale: run npm run api, and look at what it changes`);
    process.exitCode = 1;
  } else {
    console.log(`api/${name}.api.md ${apiReportChanged ? "written" : "is as built"}`);
  }
}
