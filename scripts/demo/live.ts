import { readFile } from "node:fs/promises";
import {
  createPeakaClient,
  zones,
  type Attempt,
  type ConnectionRequest,
  type Zone,
} from "../../src/index.js";

/** One real update, as the flags and the environment ask for it. */
export interface LiveFlags {
  zone: string | undefined;
  /** The file that holds the request body. */
  body: string | undefined;
}

/** Makes the update; every error names in one line what is missing or went wrong. */
export async function runLive(
  flags: LiveFlags,
  env: NodeJS.ProcessEnv,
  onAttempt: (zone: Zone, attempt: Attempt) => void,
) {
  const zone = readZone(flags.zone);
  const [apiKey, projectId, connectionId] = readVariables(env);
  const body = await readBody(flags.body);
  const client = createPeakaClient({
    zone,
    apiKey,
    onAttempt(attempt) {
      onAttempt(zone, attempt);
    },
  });
  return client.updateConnection({ projectId, connectionId, body });
}

function readZone(zone: string | undefined): Zone {
  const names = Object.keys(zones) as Zone[];
  const known = names.find((name) => name === zone);
  if (known === undefined) throw new Error(`--zone must be ${names.join(" or ")}`);
  return known;
}

function readVariables(env: NodeJS.ProcessEnv): [string, string, string] {
  const missing: string[] = [];
  const read = (name: string) => {
    const value = env[name] ?? "";
    if (value === "") missing.push(name);
    return value;
  };
  const values: [string, string, string] = [
    read("PEAKA_API_KEY"),
    read("PEAKA_PROJECT_ID"),
    read("PEAKA_CONNECTION_ID"),
  ];
  if (missing.length > 0) throw new Error(`--live needs ${missing.join(", ")} in the environment`);
  return values;
}

async function readBody(file: string | undefined): Promise<ConnectionRequest> {
  if (file === undefined) throw new Error("--live needs --body FILE, with the request in JSON");
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    throw new Error(`--body: cannot read ${file} (${code})`);
  });
  const body = parse(text);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new Error(`--body: ${file} does not hold a JSON object`);
  }
  return body;
}

/** Undefined where the text is not JSON: the error of JSON.parse quotes it, and it holds a secret. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
