import { Body, Controller, Param, Put } from "@nestjs/common";
import type { Connection, ConnectionRequest } from "peaka-client";
import { RotationsService } from "./rotations.service";

@Controller("rotations")
export class RotationsController {
  constructor(private readonly rotations: RotationsService) {}

  @Put(":connectionId")
  rotate(
    @Param("connectionId") connectionId: string,
    @Body() body: ConnectionRequest,
  ): Promise<Connection> {
    return this.rotations.rotate(connectionId, body);
  }
}
