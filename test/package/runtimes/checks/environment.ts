import { apiKey, equal, refusalOf, update, type Check, type Given } from "../check.js";

/** Where the API key comes from if nobody passes it. */
export const environment: Record<string, Check> = {
  async "the API key is read from the environment, where there is one"(given) {
    const { peaka, stage, capabilities } = given;
    const { baseUrl } = await stage("gateway", { faults: [] });
    if (!capabilities.hasEnvironment) return missing(given);
    const { name } = await peaka.createPeakaClient({ baseUrl }).updateConnection(update);
    equal(name, update.body.name, "name");
  },

  async "without an environment a missing API key is a PeakaUsageError, and a given one enough"(
    given,
  ) {
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, "process");
    try {
      for (const value of [{}, undefined]) {
        Object.defineProperty(globalThis, "process", { value, configurable: true, writable: true });
        await missing(given);
        given.peaka.createPeakaClient({ apiKey });
      }
    } finally {
      if (descriptor) Object.defineProperty(globalThis, "process", descriptor);
      else Reflect.deleteProperty(globalThis, "process");
    }
  },
};

async function missing(given: Given): Promise<void> {
  const { message } = await refusalOf(given);
  equal(message, "createPeakaClient: apiKey is missing: pass it, or set PEAKA_API_KEY", "message");
}
