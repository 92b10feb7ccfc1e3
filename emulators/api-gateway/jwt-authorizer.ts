import type { Authorize } from './authorizer.ts';

/**
 * Reads an Authorization header: the claims of a token that is trusted, undefined for any other.
 *
 * @throws Error when the issuer cannot be reached
 */
export type ReadClaims = (authorization: string) => Promise<Readonly<Record<string, unknown>> | undefined>;

/** In an event every claim is a text. */
const texts = (claims: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );

/** API Gateway's JWT authorizer: an issuer that cannot be reached turns everyone away. */
export const jwtAuthorizer =
  (readClaims: ReadClaims): Authorize =>
  async ({ authorization = '' }) => {
    try {
      const claims = await readClaims(authorization);
      return claims && { jwt: { claims: texts(claims), scopes: null } };
    } catch (error) {
      console.error('the JWT authorizer cannot reach the issuer:', error instanceof Error ? error.message : error);
      return undefined;
    }
  };
