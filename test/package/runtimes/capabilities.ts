/** In what the runtimes differ, where the package can't make up for it. Nothing else may differ. */
export interface Capabilities {
  /** It tells the status and the target of a redirect that it was told not to follow. */
  readonly showsRedirects: boolean;
  /** The code by which it tells that a port is closed, if it tells. */
  readonly refusedCode: string | undefined;
  /** It also tells that this happened while connecting, so that nothing was sent. */
  readonly provesNotSent: boolean;
  /**
   * Where a kept connection breaks, its `fetch` sends the request once more, although the server may
   * have read it, and tells nobody. An attempt is then two, and its outcome that of the second. Deno
   * and Bun do so too, but not on a connection that the client asks them not to keep.
   */
  readonly sendsTwice: boolean;
  /** Its `process.env` holds what the process was started with. */
  readonly hasEnvironment: boolean;
}

const node: Capabilities = {
  showsRedirects: true,
  refusedCode: "ECONNREFUSED",
  provesNotSent: true,
  sendsTwice: false,
  hasEnvironment: true,
};

/** What each family of runtimes can do. */
export const capabilities = {
  node,
  deno: { ...node, refusedCode: undefined, provesNotSent: false },
  bun: { ...node, provesNotSent: false },
  workerd: { ...node, refusedCode: undefined, provesNotSent: false, hasEnvironment: false },
  chromium: {
    showsRedirects: false,
    refusedCode: undefined,
    provesNotSent: false,
    // A page must not set the header that asks for a connection which is not kept.
    sendsTwice: true,
    hasEnvironment: false,
  },
} satisfies Record<string, Capabilities>;

export type Family = keyof typeof capabilities;
