import type { AnyPeakaError } from "./errors.js";
import type { Outcome } from "./outcome.js";
import type { Inputs, operations, RequestExamples, Results, zones } from "../generated/spec.js";

/** A zone of the API: the region in which the data lives. The spec's servers name them. */
export type Zone = keyof typeof zones;

/** The `operationId` of an operation that `call` can carry. */
export type OperationId = keyof typeof operations;

/** What an operation takes: its path and query parameters by name, beside `body`. */
export type OperationInput<Id extends OperationId> = Inputs[Id];

/** What an operation resolves with; `undefined` where the spec promises no content. */
export type OperationResult<Id extends OperationId> = Results[Id];

/** A connection as the gateway returns it, without its credential. */
export type Connection = OperationResult<"updateConnection">;

type Input = OperationInput<"updateConnection">;
type Documented = Exclude<Input["body"], undefined>;

/** With a `type` that does not swallow the literals of the examples, as a plain `string` would. */
type Open<Body> = {
  [Key in keyof Body]: Key extends "type" ? OpenString<Body[Key]> : Body[Key];
};
type OpenString<Type> = string extends Type ? Exclude<Type, string> | (string & {}) : Type;

/**
 * Completes an example's `type` and the keys of its `credential`, and demands neither. The other names
 * are those of the open body itself: editors explain only what means one thing in the whole union.
 */
type Like<Example> = Example extends {
  type: infer Type extends string;
  credential: infer Credential;
}
  ? Open<Documented> & {
      type: Type;
      credential?: Partial<Credential> & { [key: string]: unknown };
    }
  : never;

/**
 * The body of `updateConnection`. Any connection type and any credential is accepted, as the spec
 * says; for the types that it gives examples of, editors complete `type` and `credential`. A credential
 * of an interface or a class of yours has to be spread, `{ ...credential }`: TypeScript gives it no index
 * signature.
 */
export type ConnectionRequest = Open<Documented> | Like<RequestExamples["updateConnection"]>;

/** What `updateConnection` takes. */
export type UpdateConnectionInput = Omit<Input, "body"> & {
  [Key in keyof Pick<Input, "body">]: ConnectionRequest;
};

/** What `onAttempt` gets of one attempt. Nothing in it holds a secret. */
export interface Attempt {
  /** The `operationId` of the call. */
  readonly operation: OperationId;
  /** The zone that the client calls; undefined where it has a `baseUrl`. */
  readonly zone?: Zone | undefined;
  /** Which attempt of its call this was, from 1. */
  readonly attempt: number;
  /** The HTTP status; undefined where no answer came. */
  readonly status?: number | undefined;
  /** The answer's `x-request-id`. Scrubbed when it is read. */
  readonly requestId?: string | undefined;
  /** The answer's headers by lower-case name. Scrubbed when they are read. */
  readonly headers: Record<string, string>;
  /** What failed; undefined after a success. Its `outcome` counts all attempts so far. */
  readonly error?: AnyPeakaError | undefined;
  /** What this attempt alone did to the data: `applied` after a success. */
  readonly outcome: Outcome | "applied";
  /** How long it took, in milliseconds. */
  readonly durationMs: number;
  /** How long until the next attempt, in milliseconds; undefined where this was the last. */
  readonly retryInMs?: number | undefined;
}
