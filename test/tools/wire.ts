import type { PeakaClient, PeakaClientOptions } from "../../src/index.js";
import type { Arrived } from "./gateway/contract.js";
import { callAny } from "./call-any.js";
import { ofAnotherApi } from "./departures.js";
import type { Rebuilt } from "./rebuild.js";
import { startRecorder, type Recorder } from "./recorder.js";

export const apiKey = "key-of-the-rebuilt";

/** What `updateConnection` is called with. */
export const update = {
  projectId: "project 1",
  connectionId: "connection1",
  body: { name: "n", type: "stripe", credential: { token: "sk_live_12345" } },
};

export interface Wire extends Recorder {
  client: PeakaClient;
  /** Calls `updateConnection` with an input that only the rebuilt package knows. */
  update: (input?: object) => Promise<unknown>;
  /** The only request that arrived, its path without that of the base URL. */
  request: () => Arrived;
}

/** A client of a rebuilt package, and a server on loopback that takes all that it sends. */
export async function startWire({ createPeakaClient }: Rebuilt): Promise<Wire> {
  ofAnotherApi();
  const recorder = await startRecorder();
  const { baseUrl, requests } = recorder;
  const client = createPeakaClient({ baseUrl, apiKey });
  return {
    ...recorder,
    client,
    update: (input = update) => callAny(client, "updateConnection", input),
    request() {
      const [request, ...more] = requests;
      if (!request || more.length > 0) throw new Error(`${requests.length} requests, not one`);
      return { ...request, url: request.url.replace(/^\/gate\/v1(?=\/)/, "") };
    },
  };
}

/** A client whose requests end in this process, for URLs that no server on loopback can have. */
export function inProcess(
  { createPeakaClient }: Rebuilt,
  options: { zone?: string } = {},
  status = 200,
): { client: PeakaClient; asked: string[] } {
  const asked: string[] = [];
  const fetch = (url: string) => {
    asked.push(url);
    return Promise.resolve(Response.json({}, { status }));
  };
  const client = createPeakaClient({ ...(options as PeakaClientOptions), apiKey, fetch });
  return { client, asked };
}
