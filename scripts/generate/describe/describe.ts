import type { JsonObject } from "../../openapi/json.js";
import type { Resolver } from "../../openapi/resolver.js";
import type { Auth } from "../read/auth.js";
import type { Operation } from "../read/operations.js";
import { type BodyDescription, describeBody } from "./body.js";
import { createKindsOf } from "./kinds.js";
import { describeParameters, type ParameterDescription } from "./parameters.js";
import { checkRequirements } from "./requirements.js";
import { createSecretsOf } from "./secrets.js";
import { describeSuccess, type SuccessDescription } from "./success.js";
import { Unsupported } from "./unsupported.js";

/** What the facade needs to know of one operation to carry it. */
export interface Description {
  /** Upper-case. */
  readonly method: string;
  /** The path template. */
  readonly path: string;
  readonly parameters: ReadonlyMap<string, ParameterDescription>;
  readonly body: BodyDescription | undefined;
  readonly success: SuccessDescription;
  /** The properties of the body, at any depth, that hold secrets. */
  readonly secrets: readonly string[];
}

/** The operations that the facade can carry, and a line on each that it cannot. */
export interface Described {
  readonly operations: ReadonlyMap<string, Description>;
  readonly leftOut: readonly string[];
}

export function describe(
  document: JsonObject,
  list: readonly Operation[],
  auth: Auth,
  resolver: Resolver,
): Described {
  const operations = new Map<string, Description>();
  const leftOut: string[] = [];
  const kindsOf = createKindsOf(resolver);
  const secretsOf = createSecretsOf(resolver);
  for (const operation of list) {
    const { id, method, path } = operation;
    try {
      checkRequirements(operation, document, auth);
      const parameters = describeParameters(operation, auth, kindsOf);
      const body = describeBody(operation, resolver, kindsOf);
      const success = describeSuccess(operation, resolver, kindsOf);
      const secrets = secretsOf(body?.schema);
      operations.set(id, { method, path, parameters, body, success, secrets });
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      leftOut.push(`${id} (${method} ${path}) is typed but cannot be called: ${error.message}`);
    }
  }
  return { operations, leftOut };
}
