import { describe, expect, test } from "vitest";
import { rebuild } from "../../tools/rebuild.js";
import { startWire, update } from "../../tools/wire.js";
import { edited, queryParameter } from "./edit.js";
import { mutated } from "./mutations.js";

const path = "/connections/project%201/connection1";

describe("a new query parameter goes in the style that the spec gives it:", () => {
  test.each([
    ["form", true, "tags=a&tags=b%20c"],
    ["form", false, "tags=a,b%20c"],
    ["spaceDelimited", false, "tags=a%20b%20c"],
    ["pipeDelimited", false, "tags=a|b%20c"],
  ])("%s, explode: %s", async (style, explode, query) => {
    const edits = [
      ["      parameters:\n", `      parameters:\n${queryParameter(style, explode)}`],
    ] as const;
    const wire = await startWire(await rebuild(edited(edits)));
    await wire.update({ ...update, tags: ["a", "b c"] });
    const { url, body } = wire.request();
    expect(decodeURI(url)).toBe(decodeURI(`${path}?${query}`));
    expect(JSON.parse(body)).toEqual(update.body);
  });
});

test("one that is optional can be left out", async () => {
  const wire = await startWire(await rebuild(mutated("an optional query parameter")));
  await wire.update();
  expect(wire.request().url).toBe(path);
});

test("one that is required cannot, and nothing is sent", async () => {
  const wire = await startWire(await rebuild(mutated("a required query parameter")));
  const error = await wire.update().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "PeakaUsageError", outcome: "not-applied" });
  expect((error as Error).message).toContain("tags is missing: pass this query parameter");
  expect(wire.requests).toEqual([]);
});
