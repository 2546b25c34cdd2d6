import { randomBytes } from "node:crypto";
import { zones } from "../../generated/spec.js";
import { startGateway } from "../../test/tools/gateway/gateway.js";
import { exampleConnections, exampleUpdates } from "../../test/tools/gateway/seeds.js";
import { createReport } from "./report.js";
import { recovery, redirect, rotation, wrongCredential, type Scene } from "./scenes.js";

/** Plays every scene on gateways of its own, on loopback. Tells whether all was as it should be. */
export async function runOffline(print: (line: string) => void): Promise<boolean> {
  const wrong = { token: secret() };
  const stages = await Promise.all(
    (Object.keys(zones) as (keyof typeof zones)[]).map(async (zone) => {
      const apiKey = secret();
      const gateway = await startGateway({
        zone,
        apiKey,
        connections: exampleConnections(),
        acceptsCredential: ({ token }) => token !== wrong.token,
      });
      return { gateway, apiKey };
    }),
  );
  const gateways = stages.map(({ gateway }) => gateway);
  const report = createReport(print);
  const play = async (scene: Scene, { gateway, apiKey }: (typeof stages)[number]) => {
    try {
      await scene(gateway, apiKey, report);
    } catch (error) {
      report.check(false, error instanceof Error ? error.message : "an unknown error");
    }
  };
  try {
    for (const stage of stages) await play(rotation, stage);
    const [first] = stages;
    const [last] = stages.slice(-1);
    if (first === undefined || last === undefined) throw new Error("the spec has no zone");
    await play(wrongCredential(wrong), first);
    await play(recovery, first);
    await play(redirect(last.gateway), first);
    report.heading("Over all scenes");
    const violations = gateways.flatMap((gateway) => gateway.violations);
    report.check(violations.length === 0, "every request is as the spec says");
  } finally {
    await Promise.all(gateways.map((gateway) => gateway.close()));
  }
  const credentials = [wrong, ...exampleUpdates.map(({ body }) => body.credential)];
  return report.finish([
    ...stages.map(({ apiKey }) => apiKey),
    ...credentials.flatMap((credential) => Object.values(credential)),
  ]);
}

function secret(): string {
  return `demo-${randomBytes(12).toString("hex")}`;
}
