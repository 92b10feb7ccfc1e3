import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import * as z from 'zod';
import type { ReadBearer } from '#runtime/admission.ts';
import { remembered } from './remembered.ts';

export interface Trusted {
  /** As its tokens name it. */
  readonly issuer: string;
  /** For one of these a token has to be meant. */
  readonly audience: readonly string[];
}

const timeoutMs = 5_000;

const discovered = z.object({ jwks_uri: z.url() });

/** The issuer's public keys, by OpenID Connect Discovery, as API Gateway finds them. */
const keysOf = async (issuer: string) => {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  if (!answer.ok) throw new Error(`the issuer of tokens answered ${answer.status}`);
  const { jwks_uri } = discovered.parse(await answer.json());
  return createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: timeoutMs });
};

/** What is wrong with a token; any other error is the issuer's, whose keys could not be had. */
const faults = [
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

const isMeantFor = ({ aud, client_id }: JWTPayload, audience: readonly string[]): boolean =>
  [aud ?? client_id].flat().some((name) => typeof name === 'string' && audience.includes(name));

/**
 * Reads tokens by the rules of API Gateway's own JWT authorizer: signed with RSA by a key of the issuer's, not expired,
 * meant for one of the audience by `aud` or, without that, by `client_id`.
 */
export const tokenIssuer = ({ issuer, audience }: Trusted): ReadBearer => {
  const keys = remembered(() => keysOf(issuer));
  const options = { issuer, algorithms: ['RS256', 'RS384', 'RS512'], requiredClaims: ['exp'] };

  return async (authorization) => {
    // aicli sends its token bare.
    const token = authorization.replace(/^bearer\s+/i, '');
    if (token === '') return undefined;
    try {
      const { payload } = await jwtVerify(token, await keys(), options);
      return isMeantFor(payload, audience) ? payload : undefined;
    } catch (error) {
      if (faults.some((fault) => error instanceof fault)) return undefined;
      throw error;
    }
  };
};
