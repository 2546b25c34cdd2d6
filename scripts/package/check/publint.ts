import { publint } from "publint";
import { formatMessage } from "publint/utils";
import type { Packed } from "./packed.js";

/** What publint would change in the package: suggestions, too. */
export async function lint({ installed }: Pick<Packed, "installed">): Promise<string[]> {
  const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true });
  return messages.map(
    (message) => formatMessage(message, pkg, { color: false }) ?? `it says ${message.code}`,
  );
}
