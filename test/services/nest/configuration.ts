import { Injectable } from "@nestjs/common";

/** What the service is told by its environment. */
@Injectable()
export class Configuration {
  readonly peakaKey = required("ROTATOR_PEAKA_KEY");
  readonly peakaUrl = process.env.ROTATOR_PEAKA_URL;
  readonly projectId = required("ROTATOR_PROJECT");
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
