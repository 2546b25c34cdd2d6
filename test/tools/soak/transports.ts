import type { Fetch } from "../../../src/index.js";

/** What a client can send its requests with. */
export type Transport = "fetch" | "undici";

export const transports = ["fetch", "undici"] as const satisfies Transport[];

/** A transport of that name. Undici is loaded no sooner: once there, it serves Node's `fetch` too. */
export async function openTransport(name: Transport): Promise<Fetch> {
  if (name === "fetch") return (url, init) => fetch(url, init);
  const { undiciFetch } = await import("../../../src/undici.js");
  return undiciFetch();
}
