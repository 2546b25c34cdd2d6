import { fastify } from "fastify";
import { peakaPlugin } from "./peaka.js";
import { rotations } from "./rotations.js";

const { ROTATOR_PEAKA_KEY, ROTATOR_PEAKA_URL, ROTATOR_PROJECT = "", PORT = "3000" } = process.env;

const app = fastify({ logger: true });
await app.register(peakaPlugin, { apiKey: ROTATOR_PEAKA_KEY, baseUrl: ROTATOR_PEAKA_URL });
await app.register(rotations, { projectId: ROTATOR_PROJECT });
process.once("SIGTERM", () => void app.close());
await app.listen({ port: Number(PORT), host: "127.0.0.1" });
