import { type Trusted, tokenIssuer } from '#adapters/token-issuer.ts';
import { reasonOf } from '#local/start-error.ts';
import type { Authorize } from './authorizer.ts';

/** In an event every claim is a text. */
const texts = (claims: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );

/** API Gateway's JWT authorizer: an issuer that cannot be reached turns everyone away. */
export const jwtAuthorizer = (trusted: Trusted): Authorize => {
  const readBearer = tokenIssuer(trusted);
  return async ({ authorization = '' }) => {
    try {
      const claims = await readBearer(authorization);
      return claims && { jwt: { claims: texts(claims), scopes: null } };
    } catch (error) {
      console.error('the JWT authorizer cannot reach the issuer:', reasonOf(error));
      return undefined;
    }
  };
};
