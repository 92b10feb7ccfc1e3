import * as z from 'zod';
import { none, type Route } from './route.ts';

const signIn = z
  .object({
    authority: z.url().describe('issuer of the tokens, found by OpenID Connect Discovery'),
    client_id: z.string(),
    scope: z.string(),
  })
  .describe('absent where nobody signs in, or no client of the issuer is set up for the page');

const pageSettings = z
  .object({
    authentication: z.enum(['none', 'jwt', 'iam']).describe('how callers of this API prove who they are'),
    sign_in: signIn.optional(),
  })
  .meta({ id: 'PageSettings' });
export type PageSettings = z.infer<typeof pageSettings>;

/** The page for people who make ISOs. */
export const pageRoutes = {
  GetPage: {
    method: 'GET',
    path: '/',
    summary: 'A page that makes ISOs, for people',
    function: 'api',
    access: 'public',
    status: 200,
    parameters: none,
    query: none,
    media: 'text/html; charset=utf-8',
  },
  GetPageSettings: {
    method: 'GET',
    path: '/page-settings',
    summary: 'What the page has to know before anybody signs in',
    function: 'api',
    access: 'public',
    status: 200,
    parameters: none,
    query: none,
    answer: pageSettings,
  },
  GetPageFile: {
    method: 'GET',
    path: '/page/{file}',
    summary: 'A file that the page loads; its name changes with its content',
    function: 'api',
    access: 'public',
    status: 200,
    parameters: z.object({ file: z.string().regex(/^\w[\w-]*(?:\.[\w-]+)*\.(?:js|css|woff2|svg|png|jpg)$/) }),
    query: none,
    media: 'application/octet-stream',
  },
} as const satisfies Record<string, Route>;
