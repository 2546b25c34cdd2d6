import { STATUS_CODES } from "node:http";

/** One answer of the gateway, before it is put on the wire. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** An answer in JSON. */
export function json(status: number, value: unknown): Answer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(value),
  };
}

/** An error that the application raises: `error` is an upper-case code. */
export function applicationError(
  status: number,
  error: string,
  errorCode: string,
  message: string,
): Answer {
  return json(status, { error, message, errorCode });
}

/** An error that the framework raises before the application sees the request: `error` is a phrase. */
export function frameworkError(status: number, path: string, message: string): Answer {
  return json(status, {
    timestamp: new Date().toISOString(),
    status,
    error: STATUS_CODES[status],
    message,
    path,
  });
}
