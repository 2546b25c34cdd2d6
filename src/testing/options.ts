import type { Inputs, OperationId, OperationInput, Results } from "../../generated/spec.js";
import type { Fault } from "./faults.js";

/** A connection as the gateway keeps it: `url` is for one of an OAuth type. No answer has the credential. */
export type TestConnection = Readonly<Record<"projectId" | "id" | "name" | "type", string>> & {
  readonly credential: Readonly<Record<string, unknown>>;
  readonly url?: string | undefined;
};

/** The options of {@link createTestGateway}. */
export interface TestGatewayOptions {
  /** The connections that there are at first. @default none */
  readonly connections?: readonly TestConnection[] | undefined;
  /** The API key that is let in. @default "test-api-key" */
  readonly apiKey?: string | undefined;
  /** Whether the third party lets a credential in, asked before the connection gets it. @default always */
  readonly acceptsCredential?: (
    credential: TestConnection["credential"],
    connection: TestConnection,
  ) => boolean | Promise<boolean>;
  /**
   * Gives the result, or a whole answer, of an operation that does not get, list or update connections, or in
   * place of the gateway's own. Parameters are text, as they came. What it throws, `fetch` does. @default none
   */
  readonly handlers?: {
    readonly [Id in keyof Inputs]?: (
      input: Inputs[Id],
    ) => Response | Results[Id] | Promise<Response | Results[Id]>;
  };
}

/** A request of a known operation that has arrived. `operation` tells the type of its `input`. */
export type TestRequest = {
  [Id in OperationId]: {
    /** The `operationId`. */
    readonly operation: Id;
    /** The parameters of path and query, as text, beside `body`. */
    readonly input: OperationInput<Id>;
    /** By lower-case name, without the API key. */
    readonly headers: Readonly<Record<string, string>>;
    /** When it arrived, in milliseconds, by `Date.now()`. */
    readonly arrivedAt: number;
    /** Whether it was granted, and is of a method that changes something. */
    readonly applied: boolean;
  };
}[OperationId];

/** A gateway for the tests of services, in memory. */
export interface TestGateway {
  /** The API key that is let in. */
  readonly apiKey: string;
  /** What to give a client as its `fetch`, whatever its zone or `baseUrl`. */
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** Has faults strike the next requests, one each. Each attempt of a client is a request. */
  readonly next: (...faults: Fault[]) => void;
  /** Has a fault strike all requests that the predicate picks and for which `next` has none. */
  readonly when: (predicate: (request: TestRequest) => boolean, fault: Fault) => void;
  /** A connection as it is now. */
  readonly connection: (id: string) => TestConnection | undefined;
  /** The connections as they are now, by id. */
  readonly connections: ReadonlyMap<string, TestConnection>;
  /** What has arrived. */
  readonly requests: TestRequest[];
  /** Applies what `apply-late` holds back, and resolves when nothing is under way any more. */
  readonly settled: () => Promise<void>;
}
