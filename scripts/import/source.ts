import { decode, parse, read } from "../openapi/load.js";
import type { Named } from "../openapi/placed.js";
import { PipelineError } from "../openapi/refuse.js";
import { download, isAddress, nameOf } from "./download.js";

/** What is imported from; messages name the file, or the address without its query. */
export interface Source extends Named {
  /** True for a docs page, which shows a slice of the API. */
  readonly isPage: boolean;
}

/** Reads a docs page or a whole OpenAPI document from a file or an address. */
export async function readSource(source: string): Promise<Source> {
  const name = isAddress(source) ? nameOf(source) : source;
  const bytes = isAddress(source) ? await download(source) : await read(source);
  // Carriage returns mean nothing to YAML, and would hide the ends of a page's fences.
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

/** A fence of backticks or tildes that starts a line, its info, its code, and the end that closes it. */
const fence = /^(`{3,}|~{3,})(.*)\n([^]*?)(?:(^\1(?:`*|~*)[ \t]*$)|(?![^]))/gm;

/**
 * The OpenAPI document in a docs page, to the letter, with blank lines in place of the prose above it,
 * so that places in it are places in the page; undefined where the text is no page. OpenAPI documents
 * hold fences too, in their descriptions, but not at the start of a line.
 */
function documentOfPage(text: string, name: string): string | undefined {
  // A JSON document has no line that starts with a fence, and neither has one of YAML.
  const fences = [...text.matchAll(fence)];
  if (fences.length === 0 && !/\.mdx?$/i.test(name)) return undefined;
  const found = fences.filter(
    ([, marks = "", info = "", code = ""]) =>
      marks.startsWith("````") &&
      /^\s*(ya?ml|json)\b/i.test(info) &&
      /^\s*["']?openapi["']?\s*:/m.test(code),
  );
  const lines = found.map(({ index }) => text.slice(0, index).split("\n").length);
  const [[, , , code = "", end] = [], ...more] = found;
  const [line] = lines;
  if (line === undefined) {
    throw new PipelineError(`${name}: has no OpenAPI document in a fence of four backticks`);
  }
  if (more.length > 0) {
    const places = lines.join(", ");
    throw new PipelineError(`${name}: has more than one OpenAPI document (lines ${places})`);
  }
  if (end === undefined) {
    throw new PipelineError(`${name}:${line}:1: the fence is not closed: the page is cut off`);
  }
  return "\n".repeat(line) + code;
}
