import type { ImageTokens } from '#domain/infra-env/infra-env-ports.ts';
import { type Admit, admitByGateway, admitByTokens, admitEveryone } from '#runtime/admission.ts';
import { remembered } from './remembered.ts';

interface Authentication {
  readonly AUTHENTICATION: 'none' | 'jwt' | 'iam';
  readonly JWT_ISSUER?: string | undefined;
  readonly JWT_AUDIENCE?: readonly string[] | undefined;
}

/**
 * How callers are recognised, by the environment of a function.
 *
 * @throws Error when `jwt` comes without issuer and audience
 */
export const admission = (
  { AUTHENTICATION, JWT_ISSUER: issuer, JWT_AUDIENCE: audience }: Authentication,
  imageTokens: ImageTokens,
): Admit => {
  if (AUTHENTICATION === 'none') return admitEveryone;
  if (AUTHENTICATION === 'iam') return admitByGateway;
  if (issuer === undefined || audience === undefined) throw new Error('jwt needs JWT_ISSUER and JWT_AUDIENCE');
  const reader = remembered(async () => (await import('./token-issuer.ts')).tokenIssuer({ issuer, audience }));
  return admitByTokens({ readBearer: async (authorization) => (await reader())(authorization), imageTokens });
};
