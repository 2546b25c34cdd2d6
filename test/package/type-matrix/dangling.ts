import path from "node:path";
import ts from "typescript";
import type { Service } from "../packed/service.js";

/** The imports of packed declarations that lead nowhere, or to a package that they need not know. */
export function danglingImports({ files }: Pick<Service, "files">): string[] {
  const declarations = [...files].filter(([file]) => file.endsWith(".d.ts"));
  if (declarations.length === 0) return ["no declaration is packed"];
  return declarations.flatMap(([file, text]) => {
    const found = ts.preProcessFile(text);
    const imported = [...found.importedFiles, ...found.referencedFiles];
    return [...imported, ...found.typeReferenceDirectives]
      .map(({ fileName }) => fileName)
      .filter((name) => !isThere(file, name))
      .map((name) => `${file}: imports ${name}`);
  });

  function isThere(file: string, name: string): boolean {
    // An optional peer, for the one entry that is named for it.
    if (name === "undici") return path.posix.basename(file) === "undici.d.ts";
    const target = path.posix.join(path.posix.dirname(file), name).replace(/\.js$/, ".d.ts");
    return name.startsWith(".") && files.has(target);
  }
}
