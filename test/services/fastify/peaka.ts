import type { FastifyInstance } from "fastify";
import { createPeakaClient, type PeakaClient, type PeakaClientOptions } from "peaka-client";

declare module "fastify" {
  interface FastifyInstance {
    peaka: PeakaClient;
  }
}

/** Gives the instance a client, and its log a line for each attempt. */
function plugin(app: FastifyInstance, options: PeakaClientOptions, done: () => void): void {
  const peaka = createPeakaClient({
    ...options,
    onAttempt({ operation, attempt, status, requestId, outcome, durationMs, retryInMs, error }) {
      const told = { operation, attempt, status, requestId, outcome, durationMs, retryInMs };
      if (error) app.log.warn({ peaka: told, err: error }, "the gateway was called in vain");
      else app.log.info({ peaka: told }, "the gateway was called");
    },
  });
  app.decorate("peaka", peaka);
  done();
}

/** For the instance itself, not only for plugins below it: what fastify-plugin says of a plugin. */
export const peakaPlugin = Object.assign(plugin, { [Symbol.for("skip-override")]: true });
