import { cut, fault, late, unreached, updated, type Fault } from "./fault.js";
import { bytes, close, good, pause, read, reset, send } from "./steps.js";
import type { CertificateKind } from "./certificates.js";

const untrusted = (certificate: CertificateKind, code: string): Fault =>
  fault(`certificate ${certificate}`, good, { ...unreached, code }, { certificate });

const scheme = "https";
const notTls = { ...cut, code: "ERR_SSL_WRONG_VERSION_NUMBER" };
const unheard = { ...late, requests: 0, applied: 0 };

/** What can be wrong before the first byte of HTTP. */
export const tlsFaults = [
  fault("certificate that is good", good, updated, { certificate: "good" }),
  untrusted("of another host", "ERR_TLS_CERT_ALTNAME_INVALID"),
  untrusted("expired", "CERT_HAS_EXPIRED"),
  untrusted("not yet valid", "CERT_NOT_YET_VALID"),
  untrusted("of an unknown issuer", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
  untrusted("of its own", "DEPTH_ZERO_SELF_SIGNED_CERT"),

  fault("TLS asked of a server without", [send(bytes(400))], notTls, { scheme }),
  fault("TLS cut in the handshake", [read("a byte"), close], cut, { scheme }),
  fault("TLS reset in the handshake", [read("a byte"), reset], cut, { scheme }),
  // The server ends it: undici gives up a handshake after 10 s alone, even if nobody waits any more.
  fault("TLS that does not answer", [pause(600), close], unheard, { scheme, timeoutMs: 300 }),
  fault("no TLS asked of a server with it", good, cut, { certificate: "good", scheme: "http" }),
];
