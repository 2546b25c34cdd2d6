import { readFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { load } from "js-yaml";
import { OpenAPIBackend, type Document, type Operation, type Request } from "openapi-backend";
import { auth } from "../../generated/spec.js";

const specFile = new URL("../../openapi/peaka.yaml", import.meta.url);

/** A request as it arrived. */
export interface Arrived {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What the spec says about a request. */
export interface Checked {
  /** Undefined where the spec has no such operation. */
  operationId: string | undefined;
  /** The path parameters, decoded. */
  params: Record<string, string>;
  /** In what the request departs from the spec; empty where it does not. */
  problems: string[];
}

export type Contract = (request: Arrived) => Checked;

// Reading and compiling the spec costs more than starting a server, and tests start many.
const compiled = new Map<string, Promise<OpenAPIBackend>>();

/** Checks requests below a base path against openapi/peaka.yaml. */
export async function openContract(basePath: string): Promise<Contract> {
  const compiling = compiled.get(basePath) ?? compile(basePath);
  compiled.set(basePath, compiling);
  const api = await compiling;

  return (arrived) => {
    const request: Request = {
      method: arrived.method,
      path: arrived.url,
      headers: definedHeaders(arrived.headers),
      body: arrived.body,
    };
    const operation = arrived.url.startsWith(`${basePath}/`)
      ? api.matchOperation(request)
      : undefined;
    if (operation === undefined) {
      return { operationId: undefined, params: {}, problems: ["the spec has no such operation"] };
    }
    const checked = { operationId: operation.operationId, params: {} };
    try {
      const { params } = api.router.parseRequest(request, operation) as Pick<Checked, "params">;
      return { ...checked, params, problems: findProblems(api, request, operation) };
    } catch (error) {
      // The validator decodes percent-encoding and throws where there is a lone `%`.
      if (!(error instanceof URIError)) throw error;
      return { ...checked, problems: ["the path is not valid percent-encoding"] };
    }
  };
}

function compile(basePath: string): Promise<OpenAPIBackend> {
  return new OpenAPIBackend({
    definition: load(readFileSync(specFile, "utf8")) as Document,
    apiRoot: basePath,
    ignoreTrailingSlashes: false,
    strict: true,
  }).init();
}

function findProblems(api: OpenAPIBackend, request: Request, operation: Operation): string[] {
  const problems: string[] = [];
  if (!String(request.headers[auth.header]).startsWith(auth.prefix)) {
    problems.push(`${auth.header}: must start with "${auth.prefix}"`);
  }
  // The validator does not look at the media type: it takes a body of any type as JSON.
  const [type = ""] = String(request.headers["content-type"]).toLowerCase().split(/ *;/, 1);
  const types = mediaTypes(operation);
  if (types.length > 0 && !types.includes(type)) {
    problems.push(`content-type: must be ${types.join(" or ")}`);
  }
  const { errors } = api.validateRequest(
    { ...request, headers: { ...request.headers, "content-type": type } },
    operation,
  );
  for (const { instancePath, message } of errors ?? []) {
    problems.push(`${instancePath}: ${String(message)}`);
  }
  return problems;
}

function mediaTypes({ requestBody }: Operation): string[] {
  // The document is dereferenced by now, so no `$ref` is left.
  return requestBody !== undefined && "content" in requestBody
    ? Object.keys(requestBody.content)
    : [];
}

function definedHeaders(headers: IncomingHttpHeaders): Request["headers"] {
  const defined: Request["headers"] = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) defined[name] = value;
  }
  return defined;
}
