import { Catch, HttpException, type ArgumentsHost } from "@nestjs/common";
import { BaseExceptionFilter } from "@nestjs/core";
import { PeakaError, type AnyPeakaError } from "peaka-client";

/** Tells whoever asked for a rotation whether the old credential is certain to be in place. */
@Catch(PeakaError)
export class PeakaErrorFilter extends BaseExceptionFilter {
  override catch(error: AnyPeakaError, host: ArgumentsHost): void {
    const { outcome, message } = error;
    if (outcome === "unknown") {
      const advice = "The credential may have been changed: look before you rotate it again.";
      super.catch(new HttpException({ outcome, advice, message }, 503), host);
      return;
    }
    // A 400 is about what was sent. The key, the project and the network are this service's matter.
    const isRefused = error.name === "PeakaApiError" && error.status === 400;
    super.catch(new HttpException({ outcome, message }, isRefused ? 422 : 502), host);
  }
}
