import type { FastifyInstance } from "fastify";
import { isPeakaError, type ConnectionRequest } from "peaka-client";

interface Rotation {
  Params: { connectionId: string };
  Body: ConnectionRequest;
}

/** `PUT /rotations/:connectionId`, for the connections of one project. */
export function rotations(
  app: FastifyInstance,
  { projectId }: { projectId: string },
  done: () => void,
): void {
  app.put<Rotation>("/rotations/:connectionId", ({ params, body }, reply) => {
    // Of the answer: Fastify's `request.signal` goes by the request, which closes once it is read.
    const caller = new AbortController();
    reply.raw.once("close", () => caller.abort());
    const { signal } = caller;
    return app.peaka.updateConnection({ projectId, ...params, body }, { signal });
  });
  app.setErrorHandler((error, _, reply) => {
    if (!isPeakaError(error)) throw error;
    const { outcome, message } = error;
    if (outcome === "unknown") {
      const advice = "The credential may have been changed: look before you rotate it again.";
      return reply.code(503).send({ outcome, advice, message });
    }
    const isRefused = error.name === "PeakaApiError" && error.status === 400;
    return reply.code(isRefused ? 422 : 502).send({ outcome, message });
  });
  done();
}
