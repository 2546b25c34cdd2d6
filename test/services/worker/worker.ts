import {
  createPeakaClient,
  isPeakaError,
  type AnyPeakaError,
  type ConnectionRequest,
} from "peaka-client";

/** The worker's secrets and variables. */
export interface Env {
  PEAKA_KEY: string;
  PEAKA_URL?: string;
  PROJECT: string;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const [, connectionId] = /^\/rotations\/([^/]+)$/.exec(new URL(request.url).pathname) ?? [];
    if (request.method !== "PUT" || connectionId === undefined) {
      return new Response("there is only PUT /rotations/:connectionId", { status: 404 });
    }
    const peaka = createPeakaClient({ apiKey: env.PEAKA_KEY, baseUrl: env.PEAKA_URL });
    const body = (await request.json()) as ConnectionRequest;
    try {
      const { signal } = request;
      const input = { projectId: env.PROJECT, connectionId, body };
      return Response.json(await peaka.updateConnection(input, { signal }));
    } catch (error) {
      if (!isPeakaError(error)) throw error;
      return refusal(error);
    }
  },
};

function refusal(error: AnyPeakaError): Response {
  const { outcome, message } = error;
  if (outcome === "unknown") {
    const advice = "The credential may have been changed: look before you rotate it again.";
    return Response.json({ outcome, advice, message }, { status: 503 });
  }
  const isRefused = error.name === "PeakaApiError" && error.status === 400;
  return Response.json({ outcome, message }, { status: isRefused ? 422 : 502 });
}
