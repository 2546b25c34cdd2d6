import { generate } from "selfsigned";

/** A private key and its certificate, both in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export type CertificateKind = keyof Awaited<ReturnType<typeof makeCertificates>>["certificates"];

const dayMs = 24 * 60 * 60 * 1000;
const onLoopback = { type: 7, ip: "127.0.0.1" } as const;
const elsewhere = { type: 2, value: "elsewhere.test" } as const;
type Names = typeof onLoopback | typeof elsewhere;

/** An authority for the clients to trust, and certificates of servers, each wrong in its own way. */
export async function makeCertificates() {
  const [authority, other] = [await makeAuthority("trusted"), await makeAuthority("unknown")];
  return {
    ca: authority.cert,
    certificates: {
      good: await issue(authority, onLoopback, -1, 1),
      "of another host": await issue(authority, elsewhere, -1, 1),
      expired: await issue(authority, onLoopback, -2, -1),
      "not yet valid": await issue(authority, onLoopback, 1, 2),
      "of an unknown issuer": await issue(other, onLoopback, -1, 1),
      "of its own": await issue(undefined, onLoopback, -1, 1),
    },
  };
}

// Elliptic curves: keys of RSA take a hundred times as long to make.
const algorithm = { keyType: "ec", algorithm: "sha256" } as const;

async function makeAuthority(name: string): Promise<Certificate> {
  const made = await generate([{ name: "commonName", value: `${name} authority` }], {
    ...algorithm,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, critical: true },
    ],
  });
  return { key: made.private, cert: made.cert };
}

/** Signed by the authority, or by itself; the days are from today. */
async function issue(
  ca: Certificate | undefined,
  host: Names,
  fromDay: number,
  toDay: number,
): Promise<Certificate> {
  const made = await generate([{ name: "commonName", value: "gateway" }], {
    ...algorithm,
    ...(ca && { ca }),
    notBeforeDate: new Date(Date.now() + fromDay * dayMs),
    notAfterDate: new Date(Date.now() + toDay * dayMs),
    extensions: [{ name: "subjectAltName", altNames: [host] }],
  });
  return { key: made.private, cert: made.cert };
}
