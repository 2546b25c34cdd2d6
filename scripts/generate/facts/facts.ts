import { isObject, items, type Json } from "../../openapi/json.js";
import { usesAuth } from "../read/auth.js";
import type { Operation } from "../read/operations.js";
import type { Reading } from "../read/read.js";
import { bodyFacts, successFacts } from "./content.js";
import { createKindsOf } from "./kinds.js";
import { checkName } from "./names.js";
import { parameterFacts } from "./parameters.js";
import { createSecretsOf } from "./secrets.js";
import { leaveOut, Unsupported } from "./unsupported.js";

/** What the facade needs to know of one operation to carry it. */
export type Facts = ReturnType<typeof factsOf>["facts"] extends Map<string, infer T> ? T : never;

/** The facts of the operations that the facade can carry, and a line on each thing that it cannot. */
export function factsOf(reading: Reading) {
  const kindsOf = createKindsOf(reading.resolver);
  const secretsOf = createSecretsOf(reading.resolver);

  function factsOfOne(operation: Operation) {
    checkName(operation);
    checkRequirements(operation, reading);
    const { method, path } = operation;
    const skipped: string[] = [];
    const offered = parameterFacts(operation, reading.auth, kindsOf, skipped);
    const parameters = Object.fromEntries(offered);
    const body = bodyFacts(operation, kindsOf);
    const success = successFacts(operation, kindsOf);
    const secrets = secretsOf(body?.schema);
    // What is needed at run time, as `generated/spec.ts` has it.
    const sent = body && { body: body.facts };
    const runtime = { method, path, parameters, ...sent, success: success.facts, ...secrets };
    const { key: bodyKey, schema: bodySchema } = body ?? {};
    const { contents } = success;
    return { node: operation.node, runtime, bodyKey, bodySchema, contents, skipped };
  }

  const facts = new Map<string, ReturnType<typeof factsOfOne>>();
  const leftOut = [...reading.leftOut];
  for (const operation of reading.operations) {
    const { id, method, path } = operation;
    try {
      facts.set(id, factsOfOne(operation));
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      leftOut.push(`${id} (${method} ${path}) is typed but cannot be called: ${error.message}`);
    }
  }
  const skipped = new Map<string, string[]>();
  for (const [id, { skipped: names }] of facts) {
    for (const name of names) skipped.set(name, [...(skipped.get(name) ?? []), id]);
  }
  const told = [...skipped].map(([name, ids]) => `${name} cannot be given to ${ids.join(", ")}`);
  return { facts, leftOut: [...leftOut, ...told] };
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
