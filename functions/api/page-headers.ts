interface Page {
  readonly loadsFonts?: boolean;
  /** Origins besides this API's own that the page asks. */
  readonly asks?: readonly string[];
}

/** A page runs and loads nothing but what this API serves, and asks nobody else unless it is said; `data:` are icons in style sheets. */
export const contentSecurityPolicy = ({ loadsFonts = false, asks = [] }: Page = {}): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    ...(loadsFonts ? ["font-src 'self'"] : []),
    `connect-src ${["'self'", ...asks].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Of everything that a page loads. */
export const safe = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };
