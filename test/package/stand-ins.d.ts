/** Packages of the recipes that are not installed here, as far as the recipes use them. */
declare module "pino" {
  export type Logger = Pick<Console, "info" | "warn"> & { child(bindings: object): Logger };
}

declare module "msw" {
  type Answer = (at: { request: Request }) => Promise<Response>;
  export const http: { all(path: string, answer: Answer): object };
  export const HttpResponse: { error(): Response };
}

declare module "msw/node" {
  export function setupServer(...handlers: object[]): { listen(): void; close(): void };
}

declare module "@opentelemetry/api" {
  export const SpanKind: { CLIENT: number };
  export const SpanStatusCode: { ERROR: number };
  type Method = "setAttribute" | "addEvent" | "recordException" | "setStatus" | "end";
  type Span = Record<Method, (...given: unknown[]) => void>;
  export interface Tracer {
    startActiveSpan<Result>(name: string, options: object, run: (span: Span) => Result): Result;
  }
}
