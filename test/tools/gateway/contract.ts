import type { IncomingHttpHeaders } from "node:http";
import { fileURLToPath } from "node:url";
import { OpenAPIBackend, type Document, type Operation, type Request } from "openapi-backend";
import { auth } from "../../../generated/spec.js";
import { applyOverlay } from "../../../scripts/openapi/apply-overlay.js";
import { load } from "../../../scripts/openapi/load.js";
import { loadOverlay, overlayPath } from "../../../scripts/openapi/overlay.js";

const specFile = fileURLToPath(new URL("../../../openapi/peaka.yaml", import.meta.url));

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
let compiling: Promise<OpenAPIBackend> | undefined;

/** Checks requests below a base path against openapi/peaka.yaml and the overlay on it. */
export async function openContract(basePath: string): Promise<Contract> {
  const api = await (compiling ??= compile());

  return (arrived) => {
    const request: Request = {
      method: arrived.method,
      path: arrived.url.slice(basePath.length),
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

/** In what the JSON of an answer departs from openapi/peaka.yaml; empty where it does not. */
export async function answerProblems(
  operationId: string,
  status: number,
  json: unknown,
): Promise<string[]> {
  const api = await (compiling ??= compile());
  const operation = api.router.getOperation(operationId);
  // The validator has nothing to say against a status that it does not know.
  if (!Object.hasOwn(operation?.responses ?? {}, status)) return ["the spec has no such answer"];
  return wordsOf(api.validateResponse(json, operationId, status).errors);
}

/** Where it is `quick`, the document is not compared with what OpenAPI says of documents. */
export async function compile(quick = true): Promise<OpenAPIBackend> {
  const [spec, overlay] = await Promise.all([load(specFile), loadOverlay(overlayPath(specFile))]);
  const definition = applyOverlay(spec.document, overlay).document as unknown as Document;
  const options = { definition, ignoreTrailingSlashes: false, strict: true, quick };
  return new OpenAPIBackend(options).init();
}

function findProblems(api: OpenAPIBackend, request: Request, operation: Operation): string[] {
  const problems: string[] = [];
  if (!String(request.headers[auth.header]).startsWith(auth.prefix)) {
    problems.push(`${auth.header}: must start with "${auth.prefix}"`);
  }
  // The validator does not look at the media type: it takes a body of any type as JSON.
  const [type = ""] = String(request.headers["content-type"]).toLowerCase().split(/ *;/, 1);
  // The document is dereferenced by now, so no `$ref` is left.
  const { content = {} } = (operation.requestBody ?? {}) as { content?: object };
  const types = Object.keys(content);
  if (types.length > 0 && !types.includes(type)) {
    problems.push(`content-type: must be ${types.join(" or ")}`);
  }
  const { errors } = api.validateRequest(
    { ...request, headers: { ...request.headers, "content-type": type } },
    operation,
  );
  return [...problems, ...wordsOf(errors)];
}

function wordsOf(errors: ReturnType<OpenAPIBackend["validateRequest"]>["errors"]): string[] {
  return (errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${String(message)}`);
}

function definedHeaders(headers: IncomingHttpHeaders): Request["headers"] {
  const defined = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined) as Request["headers"];
}
