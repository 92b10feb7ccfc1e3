/** Is the request signed by the one known key, now, over all that matters? */
import { S3Error } from '../s3-errors.ts';
import { parameter, type Target } from '../s3-request.ts';
import { canonicalRequest } from './canonical-request.ts';
import { type Claim, readClaim } from './claim.ts';
import { type Credentials, type Scope, sameSignature, scopeText, sha256Hex, sign, signingKeys } from './signing-key.ts';

/** What the body needs: how it is protected, and the key and first link of the chain of chunk signatures. */
export type Verified = {
  readonly accessKeyId: string;
  readonly payloadHash: string;
  readonly chain: { readonly key: Buffer; readonly date: string; readonly scope: string; readonly seed: string };
};

const toleratedSkew = 15 * 60 * 1000;

const readDate = (text: string): Date => {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const date = new Date(match === null ? Number.NaN : text.replace(/^(.{4})(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
  if (!Number.isNaN(date.getTime())) return date;
  throw new S3Error('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
};

const checkTime = (claim: Claim, now: Date): void => {
  const signedAt = readDate(claim.date).getTime();
  const age = now.getTime() - signedAt;
  if (claim.expiresIn === undefined) {
    if (Math.abs(age) <= toleratedSkew) return;
    throw new S3Error('RequestTimeTooSkewed', undefined, { RequestTime: claim.date, ServerTime: now.toISOString() });
  }
  if (age < -toleratedSkew) throw new S3Error('AccessDenied', 'Request is not valid yet');
  if (age <= claim.expiresIn * 1000) return;
  const details = { Expires: new Date(signedAt + claim.expiresIn * 1000).toISOString(), ServerTime: now.toISOString() };
  throw new S3Error('AccessDenied', 'Request has expired', { 'X-Amz-Expires': String(claim.expiresIn), ...details });
};

const checkScope = (claim: Claim, region: string): void => {
  const code = claim.expiresIn === undefined ? 'AuthorizationHeaderMalformed' : 'AuthorizationQueryParametersError';
  if (claim.scope.region !== region) {
    const message = `The region '${claim.scope.region}' is wrong; expecting '${region}'`;
    throw new S3Error(code, message, { Region: region });
  }
  if (!claim.date.startsWith(claim.scope.day)) {
    throw new S3Error(code, 'The date of the credential scope is not the date of the request.');
  }
};

/** S3 demands that the host and every x-amz-* header be covered by the signature. */
const checkCoverage = (target: Target, claim: Claim): void => {
  const covered = new Set(claim.signedHeaders);
  const present = Object.keys(target.headers).filter((name) => name.startsWith('x-amz-'));
  const uncovered = ['host', ...present].filter((name) => !covered.has(name));
  // Covered anyway: its value is the last line of the canonical request.
  const excused = claim.expiresIn === undefined ? undefined : 'x-amz-content-sha256';
  const missing = uncovered.filter((name) => name !== excused);
  if (missing.length === 0) return;
  const message = 'There were headers present in the request which were not signed';
  throw new S3Error('AccessDenied', message, { HeadersNotSigned: missing.join(', ') });
};

/**
 * Builds the check for one region and one secret, which every known access key id has: they say who calls, and keep nobody
 * out. The check throws the S3Error to answer with.
 */
export const signatureCheck = (options: {
  credentials: Credentials;
  /** Whether there is another access key id. */
  isKnown?: (accessKeyId: string) => boolean;
  region: string;
  now: () => Date;
}) => {
  const { credentials, isKnown = () => false, region, now } = options;
  const keyOf: (scope: Scope) => Buffer = signingKeys(credentials.secretAccessKey);
  return (target: Target): Verified => {
    const claim = readClaim(target);
    if (!sameSignature(credentials.accessKeyId, claim.accessKeyId) && !isKnown(claim.accessKeyId)) {
      throw new S3Error('InvalidAccessKeyId', undefined, { AWSAccessKeyId: claim.accessKeyId });
    }
    checkScope(claim, region);
    checkTime(claim, now());
    checkCoverage(target, claim);
    const scope = scopeText(claim.scope);
    const key = keyOf(claim.scope);
    const text = `AWS4-HMAC-SHA256\n${claim.date}\n${scope}\n${sha256Hex(canonicalRequest(target, claim))}`;
    const expected = sign(key, text);
    if (!sameSignature(expected, claim.signature)) {
      throw new S3Error('SignatureDoesNotMatch', undefined, { AWSAccessKeyId: claim.accessKeyId, StringToSign: text });
    }
    const token = target.headers['x-amz-security-token'] ?? parameter(target.query, 'X-Amz-Security-Token');
    if (token !== undefined) throw new S3Error('InvalidToken');
    return {
      accessKeyId: claim.accessKeyId,
      payloadHash: claim.payloadHash,
      chain: { key, date: claim.date, scope, seed: expected },
    };
  };
};
