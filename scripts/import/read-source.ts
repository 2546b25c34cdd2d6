import type { JsonObject } from "../openapi/json.js";
import { PipelineError } from "../openapi/refuse.js";
import { decode, parse, read } from "../openapi/load.js";
import { download, isAddress, nameOf } from "./download.js";
import { documentOfPage } from "./page.js";
import type { Progress } from "./progress.js";

/** What is imported from. */
export interface Source {
  /** The file or the address, as messages tell it. */
  readonly name: string;
  readonly text: string;
  readonly document: JsonObject;
  /** True for a docs page, which shows a slice of the API. */
  readonly isPage: boolean;
}

/** Reads a docs page or a whole OpenAPI document from a file or an address. */
export async function readSource(source: string, progress: Progress): Promise<Source> {
  const name = isAddress(source) ? nameOf(source) : source;
  progress(`reading ${name}`);
  const bytes = isAddress(source) ? await download(source, progress) : await read(source);
  // Carriage returns mean nothing to YAML, and would mix two kinds of line in the spec.
  const written = decode(bytes, name).replace(/\r\n?/g, "\n");
  const page = documentOfPage(written, name);
  if (page === undefined && /^\s*<[!?a-z]/i.test(written)) {
    throw new PipelineError(
      `${name}: is HTML, not a docs page in Markdown (whose address ends in .md) or an OpenAPI document`,
    );
  }
  const text = page ?? written;
  return { name, text, document: parse(text, name), isPage: page !== undefined };
}
