import { failure } from '#domain/errors.ts';
import type { Owner } from '#domain/owner.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const text = (fields: Fields, ...names: readonly string[]): string | undefined =>
  names.map((name) => fields[name]).find((value): value is string => typeof value === 'string' && value !== '');

/** Bytes: it is part of a key of DynamoDB, which may have 2,048. */
const longestName = 2_000;

const emailDomain = (email: string | undefined): string => email?.split('@')[1] ?? 'Unknown';

/** Claims as the assisted-service API reads them; undefined when they name nobody that could own a record. */
export const callerOfClaims = (claims: Fields): Owner | undefined => {
  const userName = text(claims, 'username', 'preferred_username');
  if (userName === undefined || Buffer.byteLength(userName) > longestName) return undefined;
  return { userName, orgId: text(claims, 'org_id') ?? '', emailDomain: emailDomain(text(claims, 'email')) };
};

/** An IAM principal; of an assumed role the role, since the session's name changes from login to login. */
const callerOfPrincipal = (iam: Fields): Owner | undefined => {
  const arn = text(iam, 'userArn');
  if (arn === undefined) return undefined;
  const userName = arn.replace(/^(arn:[^:]+:sts::\d+:assumed-role\/[^/]+)\/.*$/, '$1');
  return { userName, orgId: text(iam, 'accountId') ?? '', emailDomain: 'Unknown' };
};

/**
 * Who calls, from what API Gateway's authorizer has found out.
 *
 * @param authorizer `requestContext.authorizer` of an HTTP API event
 * @throws NotAuthenticated when it names nobody
 */
export const callerOf = (authorizer: unknown): Owner => {
  const { jwt, iam } = isFields(authorizer) ? authorizer : {};
  const claims = isFields(jwt) ? jwt.claims : undefined;
  const caller = isFields(claims) ? callerOfClaims(claims) : isFields(iam) ? callerOfPrincipal(iam) : undefined;
  if (caller === undefined) throw failure('NotAuthenticated');
  return caller;
};
