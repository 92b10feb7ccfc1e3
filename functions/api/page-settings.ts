import type * as z from 'zod';
import type { environment } from './api-env.ts';
import type { PageDependencies } from './page-operations.ts';

/** `openid` makes the sign-in one of OpenID Connect; the name and the address are those of the person. */
const scope = 'openid email profile';

/** How people sign in to the page, from what the function is given. */
export const pageOf = (env: z.infer<typeof environment>): PageDependencies => {
  const { AUTHENTICATION: authentication, JWT_ISSUER: authority, PAGE_CLIENT_ID: client_id } = env;
  if (authentication !== 'jwt' || authority === undefined || client_id === undefined) {
    return { settings: { authentication }, signInOrigins: [] };
  }
  return {
    settings: { authentication, sign_in: { authority, client_id, scope } },
    signInOrigins: [new URL(authority).origin, ...(env.PAGE_SIGN_IN_ORIGINS ?? [])],
  };
};
