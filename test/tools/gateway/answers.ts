/** One answer of the gateway, before it is put on the wire. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** An answer in JSON. */
export function json(status: number, value: unknown): Answer {
  const headers = { "content-type": "application/json" };
  return { status, headers, body: JSON.stringify(value) };
}
