import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { ServiceName } from "./installed.js";

/** A service in a process of its own. */
export interface Running {
  pid: number | undefined;
  /** Where it listens. */
  origin: string;
  /** All that it has printed. */
  printed: () => string;
  /** Asks it to end, as an orchestrator does, and waits until it has. */
  stop: () => Promise<void>;
}

const host = fileURLToPath(new URL("host-worker.ts", import.meta.url));

/** Starts a service on a free port of loopback. */
export async function run(
  folder: string,
  name: ServiceName,
  env: NodeJS.ProcessEnv,
): Promise<Running> {
  const file = path.join(folder, name, name === "worker" ? "worker.js" : "main.js");
  const args = name === "worker" ? ["--import", "tsx", host, file] : [file];
  const child = spawn(process.execPath, args, {
    env: { PORT: "0", NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  let printed = "";
  const origin = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      printed += chunk.toString();
      const [listening] = /http:\/\/127\.0\.0\.1:\d+(?=\D)/.exec(printed) ?? [];
      if (listening !== undefined) resolve(listening);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("close", () => reject(new Error(`${name} ended before it listened: ${printed}`)));
  });
  return {
    pid: child.pid,
    origin,
    printed: () => printed,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
