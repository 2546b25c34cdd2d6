import { isObject, items, type Json } from "../../openapi/json.js";
import { usesAuth } from "../read/auth.js";
import type { Operation } from "../read/operations.js";
import type { Reading } from "../read/read.js";
import { type BodyFacts, bodyFacts, type SuccessFacts, successFacts } from "./content.js";
import { createKindsOf } from "./kinds.js";
import { type ParameterFacts, parameterFacts } from "./parameters.js";
import { createSecretsOf, type Secrets } from "./secrets.js";
import { leaveOut, Unsupported } from "./unsupported.js";

/** What the facade needs to know of one operation to carry it. */
export interface Facts extends Secrets {
  /** Upper-case. */
  readonly method: string;
  /** The path template. */
  readonly path: string;
  readonly parameters: ReadonlyMap<string, ParameterFacts>;
  readonly body: BodyFacts | undefined;
  readonly success: SuccessFacts;
}

/** The facts of the operations that the facade can carry, and a line on each that it cannot. */
export function factsOf(reading: Reading) {
  const facts = new Map<string, Facts>();
  const leftOut: string[] = [];
  const { auth, resolver } = reading;
  const kindsOf = createKindsOf(resolver);
  const secretsOf = createSecretsOf(resolver);
  for (const operation of reading.operations) {
    const { id, method, path } = operation;
    try {
      checkRequirements(operation, reading);
      const parameters = parameterFacts(operation, auth, kindsOf);
      const body = bodyFacts(operation, kindsOf);
      const success = successFacts(operation, kindsOf);
      facts.set(id, { method, path, parameters, body, success, ...secretsOf(body?.schema) });
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      leftOut.push(`${id} (${method} ${path}) is typed but cannot be called: ${error.message}`);
    }
  }
  return { facts, leftOut };
}

/** Says what rules an operation out before its parts are looked at. */
function checkRequirements({ method, node, servers }: Operation, reading: Reading): void {
  if (method === "TRACE") leaveOut("fetch does not send TRACE");
  if (!usesAuth(node, reading.auth)) leaveOut("its security is not the document's");
  const urls = urlsOf(servers);
  if (urls !== "[]" && urls !== urlsOf(reading.document.servers))
    leaveOut("its servers are not the document's");
}

function urlsOf(servers: Json | undefined): string {
  return JSON.stringify(items(servers).map((server) => isObject(server) && server.url));
}
