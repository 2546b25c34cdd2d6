import "reflect-metadata";
import { Module } from "@nestjs/common";
import { APP_FILTER, NestFactory } from "@nestjs/core";
import { PeakaErrorFilter } from "./peaka-error.filter";
import { PeakaModule } from "./peaka.module";
import { RotationsController } from "./rotations.controller";
import { RotationsService } from "./rotations.service";

@Module({
  imports: [PeakaModule],
  controllers: [RotationsController],
  providers: [RotationsService, { provide: APP_FILTER, useClass: PeakaErrorFilter }],
})
class AppModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule);
  app.enableShutdownHooks();
  await app.listen(process.env.PORT ?? 3000, "127.0.0.1");
  console.log(`listening on ${await app.getUrl()}`);
}

void main();
