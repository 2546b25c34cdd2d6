/** Packages of the recipes that are not installed here, as far as the recipes use them. */
declare module "pino" {
  export type Logger = Pick<Console, "info" | "warn"> & { child(bindings: object): Logger };
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
