import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { startGateway, type Gateway } from "../../tools/gateway/gateway.js";
import { exampleConnections } from "../../tools/gateway/seeds.js";
import { closedBaseUrl } from "../../tools/closed-port.js";
import { apiKey } from "./check.js";
import { relay } from "./relay.js";
import type { Commands } from "./stage-client.js";
import type { Result } from "./suite.js";

/** A file that the stage serves, for runtimes that load their modules by URL. */
export interface Page {
  readonly type: string;
  readonly text: string;
}

/** Where one run of the suite takes place: its gateways, and what it tells. */
export interface Stage {
  readonly url: string;
  /** Resolves with what the suite reports in the end. */
  readonly results: Promise<Result[]>;
  /** Serves these files by path, and has the gateways under the same origin, as a browser needs it. */
  readonly serve: (pages: Record<string, Page>) => void;
  readonly close: () => Promise<void>;
}

/** Starts a stage on a free port of loopback. */
export async function startStage(): Promise<Stage> {
  const gateways: Gateway[] = [];
  let pages: Record<string, Page> | undefined;
  let report: (results: Result[]) => void;
  const results = new Promise<Result[]>((resolve) => (report = resolve));

  const at = (id: number) => {
    const gateway = gateways[id];
    if (!gateway) throw new Error(`there is no gateway ${id}`);
    return gateway;
  };
  const commands: { [Name in keyof Commands]: Command<Name> } = {
    async gateway({ zone, refuses, faults }) {
      const gateway = await startGateway({
        ...(zone && { zone }),
        apiKeys: [{ key: apiKey }],
        connections: exampleConnections(),
        validCredential: () => !refuses,
      });
      gateway.fail(...faults);
      const id = gateways.push(gateway) - 1;
      const { baseUrl, origin } = gateway;
      return { id, baseUrl: pages ? baseUrl.replace(origin, `${url}/gateways/${id}`) : baseUrl };
    },
    received({ id }) {
      const { requests, violations, connections } = at(id);
      const credentials = [...connections.values()].map(({ credential }) => credential);
      return { requests, violations, credentials };
    },
    async arrived({ id, count }) {
      await at(id).arrived(count);
      return null;
    },
    async ended({ id }) {
      const { requests } = at(id);
      if (!requests[0]) throw new Error("no request has arrived");
      return requests[0].ended;
    },
    closed: closedBaseUrl,
  };

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, place = "", name = "", ...rest] = (incoming.url ?? "").split("/");
    const page = pages?.[incoming.url ?? ""];
    // Or a browser would reach a new gateway over a connection that was used before.
    response.shouldKeepAlive = place === "gateways";
    if (page) {
      response.writeHead(200, { "content-type": page.type }).end(page.text);
    } else if (place === "gateways") {
      relay(incoming, response, `${at(Number(name)).origin}/${rest.join("/")}`);
    } else if (place === "results") {
      report((await json(incoming)) as Result[]);
      response.end();
    } else if (place === "stage" && Object.hasOwn(commands, name)) {
      const command = commands[name as keyof Commands] as (asked: unknown) => unknown;
      const answered = JSON.stringify(await command(await json(incoming)));
      response.writeHead(200, { "content-type": "application/json" }).end(answered);
    } else {
      response.writeHead(404).end();
    }
  }

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    results,
    serve: (given) => (pages = given),
    async close() {
      server.closeAllConnections();
      server.close();
      await Promise.all([once(server, "close"), ...gateways.map((gateway) => gateway.close())]);
    },
  };
}

type Command<Name extends keyof Commands> = (
  asked: Parameters<Commands[Name]>[0],
) => ReturnType<Commands[Name]> | Promise<ReturnType<Commands[Name]>>;
