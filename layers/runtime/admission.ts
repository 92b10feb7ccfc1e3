import type { Access } from '#contract/routes/route.ts';
import { failure } from '#domain/errors.ts';
import type { ImageTokens } from '#domain/infra-env/infra-env-ports.ts';
import type { Caller } from '#domain/owner.ts';
import { callerOf, callerOfClaims } from './caller.ts';
import type { HttpRequest } from './http-request.ts';

interface Visit {
  readonly access: Access;
  readonly request: HttpRequest;
  /** The infra-env that the path names, as it came; undefined where it names none. */
  readonly infraEnvId: string | undefined;
}

/**
 * Finds out who calls, before anything else of a request is read.
 *
 * @returns undefined where nobody is asked
 * @throws NotAuthenticated, ImageTokenOfAnother
 */
export type Admit = (visit: Visit) => Promise<Caller | undefined>;

const asksNobody = (access: Access): boolean => access === 'public' || access === 'link';

const admin: Caller = { userName: 'admin', orgId: '', emailDomain: 'Unknown' };

/** Everyone is `admin`, whatever they bring along: for `npm start` alone. */
export const admitEveryone: Admit = async ({ access }) => (asksNobody(access) ? undefined : admin);

/** Whom the gateway's authorizer names. */
export const admitByGateway: Admit = async ({ access, request }) =>
  asksNobody(access) ? undefined : callerOf(request.authorizer);

/**
 * The claims of the JSON Web Token in a header `Authorization`, with or without `Bearer`; undefined for whatever is not
 * one that the trusted issuer has signed.
 *
 * @throws Error when the issuer's keys cannot be had
 */
export type ReadBearer = (authorization: string) => Promise<Readonly<Record<string, unknown>> | undefined>;

/** What a JSON Web Token says of itself; undefined for what is not one. */
const claimsIn = (authorization: string): Readonly<Record<string, unknown>> | undefined => {
  const [, payload = ''] = authorization.split('.');
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return typeof claims === 'object' && claims !== null ? { ...claims } : undefined;
  } catch {
    return undefined;
  }
};

interface Tokens {
  readonly readBearer: ReadBearer;
  readonly imageTokens: ImageTokens;
}

const imageTokensOf = ({ headers, query }: HttpRequest): readonly string[] =>
  [headers['image-token'], query.image_token, query.api_key].filter((token) => token !== undefined);

/**
 * Whom the gateway's authorizer names; on routes of access `image`, which the gateway lets through, whom a token names.
 * Of several credentials one that is good is enough; a user's own goes first. What is behind the path is not looked at,
 * so an answer never reveals whether it exists.
 */
export const admitByTokens = ({ readBearer, imageTokens }: Tokens): Admit => {
  const userOf = async ({ headers }: HttpRequest): Promise<Caller | undefined> => {
    const claims = await readBearer(headers.authorization ?? '');
    return claims && callerOfClaims(claims);
  };

  /** A token of the infra-env that is asked for goes before one of another. */
  const imageBearerOf = async ({ request, infraEnvId }: Visit): Promise<Caller | undefined> => {
    let another: Caller | undefined;
    for (const token of imageTokensOf(request)) {
      const infraEnv = await imageTokens.open(token);
      if (infraEnv === undefined) continue;
      const bearer = { ...infraEnv.owner, onlyInfraEnv: infraEnv.id };
      if (infraEnv.id === infraEnvId) return bearer;
      another ??= bearer;
    }
    return another;
  };

  /**
   * The gateway has verified the token, and hands its claims on as texts, whatever they were. They are read from the token
   * itself, so that what names nobody on one route names nobody on any.
   */
  const userOfGateway = async (visit: Visit): Promise<Caller | undefined> => {
    const caller = await admitByGateway(visit);
    const claims = claimsIn(visit.request.headers.authorization ?? '');
    if (caller === undefined || claims === undefined) return caller;
    const named = callerOfClaims(claims);
    if (named === undefined) throw failure('NotAuthenticated');
    return named;
  };

  return async (visit) => {
    const { access, request, infraEnvId = '' } = visit;
    if (access !== 'image') return userOfGateway(visit);
    const caller = (await userOf(request)) ?? (await imageBearerOf(visit));
    if (caller === undefined) throw failure('NotAuthenticated');
    const { onlyInfraEnv } = caller;
    if (onlyInfraEnv !== undefined && onlyInfraEnv !== infraEnvId) {
      throw failure('ImageTokenOfAnother', { own: onlyInfraEnv, asked: infraEnvId });
    }
    return caller;
  };
};
