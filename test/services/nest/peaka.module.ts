import { Module } from "@nestjs/common";
import { createPeakaClient } from "peaka-client";
import { Configuration } from "./configuration";

/** By what the client is injected: its type is gone at run time. */
export const PEAKA = Symbol("peaka-client");

@Module({
  providers: [
    Configuration,
    {
      provide: PEAKA,
      inject: [Configuration],
      useFactory: ({ peakaKey, peakaUrl }: Configuration) =>
        createPeakaClient({ apiKey: peakaKey, baseUrl: peakaUrl }),
    },
  ],
  exports: [Configuration, PEAKA],
})
export class PeakaModule {}
