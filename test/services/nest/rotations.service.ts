import { Inject, Injectable } from "@nestjs/common";
import type { Connection, ConnectionRequest, PeakaClient } from "peaka-client";
import { Configuration } from "./configuration";
import { PEAKA } from "./peaka.module";

@Injectable()
export class RotationsService {
  constructor(
    @Inject(PEAKA) private readonly peaka: PeakaClient,
    private readonly configuration: Configuration,
  ) {}

  rotate(connectionId: string, body: ConnectionRequest): Promise<Connection> {
    const { projectId } = this.configuration;
    return this.peaka.updateConnection({ projectId, connectionId, body });
  }
}
