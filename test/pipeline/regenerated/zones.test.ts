import { describe, expect, test } from "vitest";
import { rebuild } from "../../tools/rebuild.js";
import { inProcess, update } from "../../tools/wire.js";
import { mutated } from "./mutations.js";

const path = "/connections/project%201/connection1";

test.each([
  ["us", `https://partner.peaka.studio/api/v1${path}`],
  ["eu", `https://eu.gateway.example/v2${path}`],
])("another server of a zone is called, and no other zone's: %s", async (zone, url) => {
  const { client, asked } = inProcess(await rebuild(mutated("another server")), { zone });
  await client.updateConnection(update);
  expect(asked).toEqual([url]);
});

describe("a third zone", () => {
  test("is one to choose", async () => {
    const rebuilt = await rebuild(mutated("a third zone"));
    expect(Object.keys(rebuilt.zones)).toEqual(["us", "eu", "apac"]);
    const { client, asked } = inProcess(rebuilt, { zone: "apac" });
    await client.updateConnection(update);
    expect(client.zone).toBe("apac");
    expect(asked).toEqual([`https://partner.apac.peaka.studio/api/v1${path}`]);
  });

  test("is named where the key may belong to another", async () => {
    const { client, asked } = inProcess(await rebuild(mutated("a third zone")), {}, 403);
    await expect(client.updateConnection(update)).rejects.toMatchObject({
      zone: "us",
      hint: expect.stringContaining("another zone (eu, apac)") as string,
    });
    expect(asked).toHaveLength(1);
  });

  test("is named where a wrong one was chosen", async () => {
    const rebuilt = await rebuild(mutated("a third zone"));
    expect(() => inProcess(rebuilt, { zone: "moon" })).toThrow("zone must be one of us, eu, apac");
  });
});

test("the first server is the default, wherever it stood before", async () => {
  const rebuilt = await rebuild(mutated("another default zone"));
  expect(rebuilt.defaultZone).toBe("eu");
  const { client, asked } = inProcess(rebuilt);
  await client.updateConnection(update);
  expect(client.zone).toBe("eu");
  expect(asked).toEqual([`https://partner.eu.peaka.studio/api/v1${path}`]);
});
