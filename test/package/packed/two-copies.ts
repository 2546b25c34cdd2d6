import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { AnyPeakaError } from "../../../src/index.js";
import { start } from "../../tools/gateway/put.js";
import { exampleUpdate } from "../../tools/gateway/seeds.js";
import { failures, failuresOf } from "../../tools/each-failure.js";
import { loadCopies, type Copies, type Copy } from "./copies.js";
import type { Service } from "./service.js";

const names = Object.keys(failures) as AnyPeakaError["name"][];
const formats = ["esm", "cjs"] as const;
const pairs = formats.flatMap((one) => formats.map((other) => [one, other] as const));
const brand = Symbol.for("peaka-client.PeakaError");

/** What holds where a service loads the package by `import`, and a library of its by `require`. */
export function describeTwoCopies(service: () => Service): void {
  let copies: Copies;

  beforeAll(async () => {
    copies = await loadCopies(service());
  });
  afterAll(() => copies.remove());

  const failuresIn = ({ peaka }: Copy) =>
    failuresOf(({ baseUrl }, options) =>
      peaka.createPeakaClient({ baseUrl, apiKey: "partner-key", ...options }),
    );

  test("they are two, with the same exports and the same zones", () => {
    const { esm, cjs } = copies;
    expect(Object.keys(cjs.peaka).sort()).toEqual(Object.keys(esm.peaka).sort());
    expect(esm.peaka.createPeakaClient).not.toBe(cjs.peaka.createPeakaClient);
    expect(esm.undici.undiciFetch).not.toBe(cjs.undici.undiciFetch);
    expect(esm.peaka.zones).toEqual(cjs.peaka.zones);
    expect(esm.peaka.defaultZone).toBe(cjs.peaka.defaultZone);
  });

  describe.each(names)("%s", (name) => {
    test.each(formats)(
      "of %s is known to both, and an instance in its own alone",
      async (format) => {
        const { [format]: own, [format === "esm" ? "cjs" : "esm"]: other } = copies;
        const error = await failuresIn(own)[name]();
        expect(own.peaka.isPeakaError(error)).toBe(true);
        expect(other.peaka.isPeakaError(error)).toBe(true);
        expect(error).toBeInstanceOf(Error);
        expect(error).toBeInstanceOf(own.peaka.PeakaError);
        expect(error).not.toBeInstanceOf(other.peaka.PeakaError);
        for (const each of names) {
          expect(error instanceof own.peaka[each]).toBe(each === name);
          expect(error).not.toBeInstanceOf(other.peaka[each]);
        }
      },
    );

    test("says the same in both", async () => {
      const [one, other] = await Promise.all(
        formats.map(async (format) => told(await failuresIn(copies[format])[name]())),
      );
      expect(one).toMatchObject({ name, operation: "updateConnection" });
      expect(other).toEqual(one);
    });
  });

  describe.each(formats)("isPeakaError of %s", (format) => {
    test("knows an error of a version to come, whatever else that has", () => {
      class Later extends Error {
        get [brand](): true {
          return true;
        }
      }
      const { isPeakaError } = copies[format].peaka;
      expect(isPeakaError(new Later("of another version"))).toBe(true);
      expect(isPeakaError({ [brand]: true, name: "PeakaQuotaError" })).toBe(true);
    });

    test("knows an error of another realm, as test runners make them", () => {
      const module = { exports: {} as Copy["peaka"] };
      const globals = { module, require: () => ({}), TextDecoder };
      runInNewContext(service().read("dist/index.cjs"), globals);
      const error = thrownBy(() => module.exports.createPeakaClient({ apiKey: "" }));
      expect(error).not.toBeInstanceOf(Error);
      expect(copies[format].peaka.isPeakaError(error)).toBe(true);
    });

    test("does not know what only looks like one", () => {
      const likes: unknown[] = [
        ...[undefined, null, 7, "PeakaApiError", brand, () => brand, [brand]],
        ...[new Error("PeakaApiError"), { name: "PeakaApiError", attempts: 1 }],
        Object.assign(new Error("like it"), { name: "PeakaApiError", outcome: "unknown" }),
        { [Symbol("peaka-client.PeakaError")]: true, "peaka-client.PeakaError": true },
      ];
      const { isPeakaError } = copies[format].peaka;
      expect(likes.filter((like) => isPeakaError(like))).toEqual([]);
    });
  });

  test.each(pairs)("the client of %s works over undiciFetch of %s", async (client, transport) => {
    const gateway = await start();
    const fetch = copies[transport].undici.undiciFetch();
    onTestFinished(() => fetch.close());
    const { peaka } = copies[client];
    const { baseUrl } = gateway;
    const { updateConnection } = peaka.createPeakaClient({ baseUrl, apiKey: "partner-key", fetch });
    const { name, type } = exampleUpdate.body;
    const id = exampleUpdate.connectionId;
    await expect(updateConnection(exampleUpdate)).resolves.toEqual({ id, name, type });

    gateway.fail({ status: 307, headers: { location: "https://other.example/" } });
    const redirected = updateConnection(exampleUpdate);
    await expect(redirected).rejects.toBeInstanceOf(peaka.PeakaApiError);
    expect(gateway.requests).toHaveLength(2);
  });
}

/** All that an error tells but for what differs from one call to the next. */
function told(error: AnyPeakaError): object {
  const fields = Object.fromEntries<unknown>(Object.entries(error));
  const { message, stack = "" } = error;
  const text = JSON.stringify({
    ...fields,
    message,
    head: stack.slice(0, stack.indexOf("\n    at ")),
  });
  const same = text
    .replace(/127\.0\.0\.1:\d+/g, "gateway")
    .replace(/"requestId":"[\da-f-]{36}"/, '"requestId":"…"');
  return JSON.parse(same) as object;
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
