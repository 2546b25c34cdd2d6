import { defineConfig } from "vitest/config";

/** What holds over every transport: these run over `peaka-client/undici` too. */
const transports = [
  "abort",
  "attempts",
  "lifetime",
  "network",
  "path-parameters",
  "redaction",
  "redaction-properties",
  "redirects",
  "retry",
  "success",
  "timeout",
  "update-connection",
].map((name) => `test/${name}.test.ts`);

export default defineConfig({
  test: {
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: "fetch",
          include: ["test/**/*.test.ts"],
          // The sources are checked by `npm run typecheck`; here the types are under test.
          typecheck: {
            enabled: true,
            include: ["test/types/**/*.test-d.ts"],
            ignoreSourceErrors: true,
          },
        },
      },
      {
        extends: true,
        test: { name: "undici", include: transports, env: { PEAKA_TEST_TRANSPORT: "undici" } },
      },
    ],
  },
});
