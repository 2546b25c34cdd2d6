import { auth, operations } from "../../generated/spec.js";
import { kept } from "./echoes.js";

const { path, method, parameters, secrets } = operations.updateConnection;

/** Words of the API, of the facade and of the runtime that a secret may be, hold or be a part of. */
export const apiWords = [
  ...["updateConnection", path, method, `${method} ${path}`, ...path.split("/").filter(Boolean)],
  ...Object.keys(parameters),
  ...secrets,
  ...[auth.header, auth.prefix.trim(), "content-type", "application/json", "x-request-id"],
  ...["PeakaApiError", "PeakaError", "Error", "PeakaNetworkError", "not-applied", "unknown"],
  ...["operation", "attempts", "outcome", "status", "cause", "stack", "message", "errorCode"],
  ...["200", "400", "401", "4000", "2026", "0", "true", "null", "undefined", "[object Object]"],
  ...["redirect", "refused", "no answer", "the change may have been applied", "other.example"],
  ...["INVALID_CREDENTIALS", "cn012", "kept", kept.text, String(kept.number), "127.0.0.1"],
  ...["makeAttempts", "failure.ts", "node:internal", "fetch failed", "HPE_INVALID_CONSTANT"],
];
