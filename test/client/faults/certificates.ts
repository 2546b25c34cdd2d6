import { generate } from "selfsigned";

/** A private key and its certificate, both in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export type CertificateKind = keyof Awaited<ReturnType<typeof makeCertificates>>["certificates"];

type Options = Parameters<typeof generate>[1];

// Elliptic curves: keys of RSA take a hundred times as long to make.
const make = async (name: string, options: Options): Promise<Certificate> => {
  const algorithm = { keyType: "ec", algorithm: "sha256" } as const;
  const made = await generate([{ name: "commonName", value: name }], { ...algorithm, ...options });
  return { key: made.private, cert: made.cert };
};
const authorityOf = (name: string) =>
  make(name, {
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, critical: true },
    ],
  });

/** Signed by the authority, or by itself; the days are from today. */
function issue(ca: Certificate | undefined, days: [from: number, to: number], host?: string) {
  const [notBeforeDate, notAfterDate] = days.map(
    (day) => new Date(Date.now() + day * 24 * 60 * 60 * 1000),
  ) as [Date, Date];
  const name = host ? ({ type: 2, value: host } as const) : ({ type: 7, ip: "127.0.0.1" } as const);
  return make("gateway", {
    ...{ notBeforeDate, notAfterDate, ...(ca && { ca }) },
    extensions: [{ name: "subjectAltName", altNames: [name] }],
  });
}

/** An authority for the clients to trust, and certificates of servers, each wrong in its own way. */
export async function makeCertificates() {
  const [trusted, unknown] = [await authorityOf("trusted"), await authorityOf("unknown")];
  return {
    ca: trusted.cert,
    certificates: {
      good: await issue(trusted, [-1, 1]),
      "of another host": await issue(trusted, [-1, 1], "elsewhere.test"),
      expired: await issue(trusted, [-2, -1]),
      "not yet valid": await issue(trusted, [1, 2]),
      "of an unknown issuer": await issue(unknown, [-1, 1]),
      "of its own": await issue(undefined, [-1, 1]),
    },
  };
}
