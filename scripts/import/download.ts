import { EnvHttpProxyAgent, fetch, type Response } from "undici";

import { PipelineError } from "../openapi/refuse.js";

/** What a download may take, at most. */
export interface Limits {
  readonly bytes: number;
  readonly timeoutMs: number;
}

const usual: Limits = { bytes: 64 * 2 ** 20, timeoutMs: 60_000 };

const maxRedirects = 5;

export function isAddress(source: string): boolean {
  return /^(?:https?:|[a-z][a-z\d+.-]+:\/\/)/i.test(source);
}

/** An address as messages tell it: without a password or a query, which may be a secret. */
export function nameOf(address: string): string {
  if (!URL.canParse(address)) return address.replace(/[?#].*$/, "").replace(/\/\/.*@/, "//");
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}

/** What an address answers, from its own origin only. */
export async function download(address: string, limits = usual): Promise<Buffer> {
  const name = nameOf(address);
  const signal = AbortSignal.timeout(limits.timeoutMs);
  try {
    const response = await request(check(address, name), name, signal);
    return await bodyOf(response, name, limits.bytes);
  } catch (error) {
    if (error instanceof PipelineError) throw error;
    const reason = signal.aborted ? `no answer within ${limits.timeoutMs / 1000} s` : codeOf(error);
    throw new PipelineError(`${name}: cannot be fetched: ${reason}`);
  }
}

function check(address: string, name: string): URL {
  if (!URL.canParse(address)) throw new PipelineError(`${name}: is not an address`);
  const url = new URL(address);
  const isLoopback =
    url.protocol === "http:" && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== "https:" && !isLoopback) {
    const scheme = url.protocol.slice(0, -1);
    throw new PipelineError(`${name}: is not fetched over ${scheme}: use the https: address`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new PipelineError(`${name}: must not come with a user name or password`);
  }
  return url;
}

/** Sends the request, and again where the answer points to another place of the same origin. */
async function request(start: URL, name: string, signal: AbortSignal): Promise<Response> {
  let url = start;
  // Node's own fetch knows no proxy of the environment on Node 20; over http, this host is asked.
  const dispatcher = new EnvHttpProxyAgent({ httpProxy: "" });
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const response = await fetch(url, { redirect: "manual", signal, dispatcher });
    if (response.ok) return response;
    await response.body?.cancel();
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || location === null) {
      throw new PipelineError(`${name}: cannot be fetched: status ${response.status}`);
    }
    const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    if (next?.origin !== start.origin) {
      const to = next?.origin ?? "no address";
      throw new PipelineError(`${name}: redirects to ${to}, which is not followed`);
    }
    // Fetch would refuse it, with all of it in the message.
    if (next.username !== "" || next.password !== "") {
      throw new PipelineError(`${name}: redirects to an address with a user name or password`);
    }
    url = next;
  }
  throw new PipelineError(`${name}: redirects more than ${maxRedirects} times`);
}

async function bodyOf(response: Response, name: string, max: number) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > max) {
      throw new PipelineError(`${name}: is larger than ${Math.floor(max / 2 ** 20)} MiB`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Why fetch gave up: the code of the system's error where there is one. */
function codeOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: unknown }; message: string };
  return typeof cause?.code === "string" ? cause.code : message;
}
