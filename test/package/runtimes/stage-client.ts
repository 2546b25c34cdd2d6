import type { RecordedRequest } from "../../tools/gateway/gateway.js";
import type { Fault } from "../../tools/gateway/faults.js";
import type { Zone } from "../../../src/index.js";

/** What a check can ask of the stage, by command. What is asked and answered is JSON. */
export interface Commands {
  /** A new gateway, with faults for its first requests; `refuses` every credential if it says so. */
  gateway: (asked: { zone?: Zone | undefined; refuses?: boolean; faults: Fault[] }) => Started;
  /** What a gateway got so far. */
  received: (asked: { id: number }) => Received;
  /** Answered once so many requests have been read. */
  arrived: (asked: { id: number; count: number }) => null;
  /** Answered with how the first request ended, once it has. */
  ended: (asked: { id: number }) => "answered" | "cut";
  /** A base URL at which nothing listens. */
  closed: (asked: object) => string;
}

export interface Started {
  readonly id: number;
  readonly baseUrl: string;
}

export interface Received {
  readonly requests: Pick<RecordedRequest, "method" | "url" | "headers" | "body" | "applied">[];
  /** In what these departed from the spec. */
  readonly violations: string[];
  /** The credentials that the connections have now. */
  readonly credentials: unknown[];
}

type Asked<Name extends keyof Commands> = Parameters<Commands[Name]>[0];

/** Talks to the stage, which is another process. */
export function openStage(url: string) {
  return async <Name extends keyof Commands>(
    command: Name,
    asked: Asked<Name>,
  ): Promise<ReturnType<Commands[Name]>> => {
    const response = await fetch(`${url}/stage/${command}`, {
      method: "POST",
      body: JSON.stringify(asked),
    });
    if (!response.ok) throw new Error(`${command}: ${response.status} ${await response.text()}`);
    return (await response.json()) as ReturnType<Commands[Name]>;
  };
}

export type Stage = ReturnType<typeof openStage>;
