import { PipelineError } from "../openapi/refuse.js";

/** The code between two fences of backticks or tildes, by the numbers of its lines. */
interface Fence {
  readonly marks: string;
  /** What stands after the marks that open it. */
  readonly info: string;
  readonly start: number;
  /** Undefined where the page ends before it does. */
  end: number | undefined;
}

/**
 * The OpenAPI document in a docs page, to the letter, with blank lines in place of the prose above it,
 * so that places in it are places in the page; undefined where the text is no page.
 */
export function documentOfPage(text: string, name: string): string | undefined {
  // A JSON document has no line that starts with a fence, and neither has one of YAML.
  const lines = text.split("\n");
  const fences = fencesOf(lines);
  if (fences.length === 0 && !/\.mdx?$/i.test(name)) return undefined;
  const found = fences.filter((fence) => isDocument(fence, lines));
  const [fence, ...more] = found;
  if (fence === undefined) {
    throw new PipelineError(`${name}: has no OpenAPI document in a fence of four backticks`);
  }
  if (more.length > 0) {
    const places = found.map(({ start }) => start).join(", ");
    throw new PipelineError(`${name}: has more than one OpenAPI document (lines ${places})`);
  }
  if (fence.end === undefined) {
    throw new PipelineError(
      `${name}:${fence.start}:1: the fence is not closed: the page is cut off`,
    );
  }
  return `${"\n".repeat(fence.start)}${lines.slice(fence.start, fence.end).join("\n")}\n`;
}

/** Fences at the start of a line: OpenAPI documents hold others, further in, in their descriptions. */
function fencesOf(lines: readonly string[]): Fence[] {
  const fences: Fence[] = [];
  let open: Fence | undefined;
  lines.forEach((line, index) => {
    const [, marks = "", info = ""] = /^(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (marks === "") return;
    if (open === undefined) {
      open = { marks, info: info.trim(), start: index + 1, end: undefined };
      fences.push(open);
    } else if (marks.startsWith(open.marks) && info.trim() === "") {
      open.end = index;
      open = undefined;
    }
  });
  return fences;
}

function isDocument({ marks, info, start, end }: Fence, lines: readonly string[]): boolean {
  return (
    marks.startsWith("````") &&
    /^(ya?ml|json)\b/i.test(info) &&
    lines.slice(start, end).some((line) => /^\s*["']?openapi["']?\s*:/.test(line))
  );
}
