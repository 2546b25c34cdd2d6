import { operations } from "../../generated/spec.js";
import { kindOf, parseJson } from "../json.js";

/** Gives a function that finds which operation a request asks for, below any base URL. */
export function createRouter() {
  const routes = Object.entries(operations).map(([id, operation]) => {
    const parts = operation.path.split(/\{([^{}]+)\}/);
    const names = parts.filter((_, index) => index % 2);
    const escaped = parts.map((part, index) =>
      index % 2 ? "([^/]+)" : part.replace(/[^\w/]/g, "\\$&"),
    );
    return { id, operation, names, pattern: new RegExp(`${escaped.join("")}$`) };
  });
  // The longest first, and then the most literal: `/things/own` is no thing of the name "own".
  const length = ({ operation }: (typeof routes)[number]) => operation.path.split("/").length;
  routes.sort((a, b) => length(b) - length(a) || a.names.length - b.names.length);

  return (method: string, { pathname, searchParams }: URL, text: string) => {
    for (const { id, operation, names, pattern } of routes) {
      const found = operation.method === method && pattern.exec(pathname);
      if (!found) continue;
      const input: Record<string, unknown> = {};
      const missing: string[] = [];
      for (const [name, parameter] of Object.entries(operation.parameters)) {
        const segment = found[names.indexOf(name) + 1] ?? "";
        const values =
          parameter.in === "path" ? [decodeURIComponent(segment)] : searchParams.getAll(name);
        if (values.length > 0) input[name] = values.length > 1 ? values : values[0];
        else if (parameter.required) missing.push(name);
      }
      const { kinds = [], required } = operation.body ?? {};
      const body = parseJson(text);
      if (text !== "") input["body"] = body ?? text;
      const isWrong = text ? body === undefined || !kinds.includes(kindOf(body)) : required;
      if (isWrong) missing.push(`a JSON ${kinds.join(" or ")} in place of ${text}`);
      return { id, input, missing: missing.join(", ") };
    }
    return undefined;
  };
}
