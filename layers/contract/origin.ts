import * as z from 'zod';

/** `https://host` or `https://host:port`, as a browser names where a page is from; `*` for any. */
export const allowedOrigin = z.union([
  z.literal('*'),
  z
    .string()
    .regex(/^https?:\/\/[^\s/?#,@]+$/, 'an origin is e.g. https://console.example.org, without a path; * is any'),
]);

/** An address with or without a path, and without a slash at its end. */
export const publicUrl = z.string().regex(/^https?:\/\/[^\s?#]*[^\s?#/]$/);
