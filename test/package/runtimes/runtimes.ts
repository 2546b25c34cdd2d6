import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, mkdtemp, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { root } from "../service.js";

/** What a runtime is started with. */
interface Scene {
  /** A service that has installed the package, with the suite as `suite.mjs` and `suite.cjs`. */
  readonly folder: string;
  readonly format: "esm" | "cjs";
  /** The suite's setting, as JSON. */
  readonly setting: string;
}

/** A runtime, and in what it differs where the package can't make up for it. */
export interface Runtime {
  readonly formats: readonly Scene["format"][];
  /** Writes what it runs into its own folder; gives its command line. */
  readonly prepare: (scene: Scene, own: string) => Promise<readonly string[]>;
  /** It tells the status and the target of a redirect that it was told not to follow. */
  readonly showsRedirects: boolean;
  /** The code by which it tells that a port is closed, if it tells. */
  readonly refusedCode?: string;
  /** It also tells that this happened while connecting, so that nothing was sent. */
  readonly provesNotSent: boolean;
  /**
   * Where a kept connection breaks, its `fetch` sends the request once more, although the server may
   * have read it, and tells nobody. Deno and Bun do so too, but not on a connection that the client
   * asks them not to keep; a page must not set the header that asks for that.
   */
  readonly sendsTwice: boolean;
  /** Its `process.env` holds what the process was started with. */
  readonly hasEnvironment: boolean;
  readonly endsByItself: boolean;
}

/** Where the pinned runtimes are installed on first use: more than a gigabyte. */
export const toolsFolder = path.join(root, ".runtimes");
const tool = (file: string) => path.join(toolsFolder, "node_modules", file);

const like = {
  formats: ["esm", "cjs"],
  ...{ showsRedirects: true, provesNotSent: false, sendsTwice: false },
  ...{ hasEnvironment: true, endsByItself: true },
} as const;
const node = (name: string): Runtime => ({
  ...{ ...like, refusedCode: "ECONNREFUSED", provesNotSent: true },
  prepare: withFile(tool(`${name}/bin/node`)),
});
/** Node with another transport than its own `fetch`, as a service would pass it. */
export const over = (name: string, transport: string, module: string): Runtime => ({
  ...{ ...node(name), formats: ["esm"] },
  async prepare({ folder, setting }, own) {
    const modules = path.join(own, "node_modules");
    await cp(path.join(folder, "node_modules/peaka-client"), path.join(modules, "peaka-client"), {
      recursive: true,
    });
    await symlink(tool(module), path.join(modules, module.replace(/-\d+$/, "")));
    const file = path.join(own, "main.mjs");
    const imported = imports.replace("./suite", "../suite");
    await writeFile(file, `${transport} ${imported} ${running(setting, "fetch")}`);
    return [tool(`${name}/bin/node`), file];
  },
});
/** What makes a transport over the undici that is installed. */
export const pool = `import { undiciFetch } from "peaka-client/undici"; const fetch = undiciFetch();`;
const chromium = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** The runtimes that tools/package-lock.json pins, and a browser where there is one. */
export const runtimes: Readonly<Record<string, Runtime>> = {
  ...Object.fromEntries(
    ["node-20-lowest", "node-20", "node-22", "node-24", "node-26"].map((name) => [
      name,
      node(name),
    ]),
  ),
  ...Object.fromEntries(
    [
      ["undici-6", "node-20-lowest"] as const,
      ["undici-7", "node-20"] as const,
      ["undici-8", "node-22"] as const,
    ].flatMap(([undici, name]) => [
      [`${name} over fetch of ${undici}`, over(name, 'import { fetch } from "undici";', undici)],
      [`${name} over a pool of ${undici}`, over(name, pool, undici)],
    ]),
  ),
  "node-24 over node-fetch": {
    ...over("node-24", 'import fetch from "node-fetch";', "node-fetch"),
    provesNotSent: false,
  },
  deno: {
    ...{ ...like, formats: ["esm"] },
    // What a service has to allow, and no more.
    prepare: withFile(
      ...[tool("deno/deno"), "run", "--no-prompt", "--no-remote", "--cached-only"],
      ...["--node-modules-dir=manual", "--allow-net=127.0.0.1", "--allow-env=PEAKA_API_KEY"],
    ),
  },
  bun: {
    ...{ ...like, refusedCode: "ECONNREFUSED" },
    prepare: withFile(tool("bun/bin/bun"), "run", "--no-install"),
  },
  workerd: { ...like, formats: ["esm"], prepare: asWorker, hasEnvironment: false },
  ...((process.env["CHROMIUM"] ?? existsSync(chromium)) && {
    chromium: {
      ...{ ...like, formats: ["esm"], prepare: asPage, showsRedirects: false, sendsTwice: true },
      ...{ hasEnvironment: false, endsByItself: false },
    },
  }),
};

/** Runs the suite in a runtime that takes a file as its last argument. */
function withFile(...command: string[]): Runtime["prepare"] {
  return async ({ format, folder, setting }, own) => {
    // In the service's folder, from where the package is found.
    const file = path.join(folder, `${path.basename(own)}.${format === "cjs" ? "cjs" : "mjs"}`);
    const required = `const { runSuite } = require("./suite.cjs");
      const peaka = { ...require("peaka-client"), ...require("peaka-client/testing") };
      runSuite(peaka, ${setting}, require.resolve("peaka-client"));`;
    await writeFile(file, format === "cjs" ? required : `${imports} ${running(setting)}`);
    return [...command, file];
  };
}

const imports = `import * as main from "peaka-client"; import { runSuite } from "./suite.mjs";
  import * as testing from "peaka-client/testing"; const peaka = { ...main, ...testing };`;
const running = (setting: string, transport = "undefined") =>
  `await runSuite(peaka, ${setting}, import.meta.resolve("peaka-client"), ${transport});`;

/** The installed files, by how they are imported where nothing is installed. */
const installed = {
  "peaka-client": "node_modules/peaka-client/dist/index.js",
  "peaka-client/testing": "node_modules/peaka-client/dist/testing.js",
  "openapi-fetch": "node_modules/openapi-fetch/dist/index.mjs",
};

/** Runs the suite as the test of a worker that has the installed files as its modules. */
async function asWorker({ folder, setting }: Scene, own: string): Promise<string[]> {
  const modules = { ...installed, "suite.mjs": "suite.mjs" };
  for (const [name, file] of Object.entries(modules)) {
    await cp(path.join(folder, file), path.join(own, "modules", name + ".js"));
  }
  const loaded = JSON.stringify(installed["peaka-client"]);
  const worker = `${imports}
    export default { test: () => runSuite(peaka, ${setting}, ${loaded}) };`;
  await writeFile(path.join(own, "modules/worker.js"), worker);
  const names = ["worker", ...Object.keys(modules)];
  const list = names
    .map((name) => `(name = "${name}", esModule = embed "modules/${name}.js")`)
    .join(", ");
  const config = `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (services = [
      (name = "main", worker = (modules = [${list}],
        compatibilityDate = "2026-11-01", globalOutbound = "loopback")),
      (name = "loopback", network = (allow = ["127.0.0.0/8"])),
    ]);`;
  await writeFile(path.join(own, "config.capnp"), config);
  return [tool("workerd/bin/workerd"), "test", path.join(own, "config.capnp")];
}

/** Runs the suite in a page, which imports the installed files by an import map. */
async function asPage({ folder, setting }: Scene, own: string): Promise<string[]> {
  const urls = Object.entries(installed).map(([name, file]) => [name, `./${file}`]);
  const page = `<!doctype html><script type="importmap">
    ${JSON.stringify({ imports: Object.fromEntries(urls) as object })}</script>
    <script type="module">${imports} ${running(setting)}</script>`;
  const file = path.join(folder, `${path.basename(own)}.html`);
  await writeFile(file, page);
  return [
    ...[chromium, "--headless", `--user-data-dir=${own}`, "--no-first-run", "--disable-gpu"],
    // A container has no user but root, for whom there is no sandbox; the page is our own.
    ...["--no-sandbox", "--disable-dev-shm-usage"],
    // Gateways are of another origin than the page, and do not know of browsers.
    ...["--disable-web-security", "--allow-file-access-from-files"],
    // Whatever it would call home for, there is no host but loopback.
    ...["--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
    // The page's console.
    ...["--enable-logging=stderr", file],
  ];
}

/** A process of a runtime. */
export interface Launched {
  /** Resolves with its exit code or signal. */
  readonly ended: Promise<string>;
  /** Ends it and all that it started, and gives all that it wrote. */
  readonly end: () => Promise<string>;
}

/** Starts a runtime on the suite, with nothing of this process's environment but where programs are. */
export async function launch(
  { prepare }: Runtime,
  scene: Scene,
  apiKey: string,
): Promise<Launched> {
  const own = await mkdtemp(path.join(scene.folder, "run-"));
  const [command = "", ...args] = await prepare(scene, own);
  const { PATH = "" } = process.env;
  const env = { PATH, HOME: own, TMPDIR: own, DENO_DIR: own, DENO_NO_UPDATE_CHECK: "1" };
  const child = spawn(command, args, {
    ...{ cwd: scene.folder, env: { ...env, PEAKA_API_KEY: apiKey } },
    // In a group of its own, to end the processes that a browser starts, too.
    ...{ stdio: ["ignore", "pipe", "pipe"], detached: true },
  });
  const written = Promise.all([text(child.stdout), text(child.stderr)]);
  const ended = once(child, "close").then(([code, signal]) => String(code ?? signal), String);
  const kill = () => {
    try {
      process.kill(-Number(child.pid), "SIGKILL");
    } catch {
      // It has ended already.
    }
  };
  process.once("exit", kill);
  const end = async () => {
    kill();
    process.off("exit", kill);
    await ended;
    return (await written).join("");
  };
  return { ended, end };
}
