/** What a request claims about who signed it: read from the Authorization header or from a presigned query. */
import { S3Error, type S3ErrorCode } from '../s3-errors.ts';
import { parameter, type Target } from '../s3-request.ts';
import type { Scope } from './signing-key.ts';

export type Claim = {
  readonly accessKeyId: string;
  readonly scope: Scope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** YYYYMMDDTHHMMSSZ */
  readonly date: string;
  /** The value of x-amz-content-sha256. */
  readonly payloadHash: string;
  /** Life of a presigned URL in seconds; undefined for a signed header. */
  readonly expiresIn: number | undefined;
};

const algorithm = 'AWS4-HMAC-SHA256';
const longestLife = 7 * 24 * 60 * 60;

const readCredential = (text: string, code: S3ErrorCode): { accessKeyId: string; scope: Scope } => {
  const match = /^([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request$/.exec(text);
  const [, accessKeyId, day, region] = match ?? [];
  if (accessKeyId === undefined || day === undefined || region === undefined) {
    throw new S3Error(code, 'The credential must have the form key/YYYYMMDD/region/s3/aws4_request.');
  }
  return { accessKeyId, scope: { day, region } };
};

const authorizationHeader =
  /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+)\s*,\s*SignedHeaders=([^,\s]+)\s*,\s*Signature=(\w+)$/;

/** The header's date may stand in `date` as an HTTP date; the signature has it in the basic ISO form. */
const headerDate = (target: Target): string => {
  const given = target.headers['x-amz-date'];
  if (given !== undefined) return given;
  const time = Date.parse(target.headers.date ?? '');
  if (Number.isNaN(time)) {
    throw new S3Error('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
  }
  return new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
};

const headerClaim = (target: Target, header: string): Claim => {
  const [, credential, signedHeaders, signature] = authorizationHeader.exec(header) ?? [];
  if (credential === undefined || signedHeaders === undefined || signature === undefined) {
    throw new S3Error('AuthorizationHeaderMalformed');
  }
  const payloadHash = target.headers['x-amz-content-sha256'];
  if (payloadHash === undefined) {
    throw new S3Error('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  return {
    ...readCredential(credential, 'AuthorizationHeaderMalformed'),
    signedHeaders: signedHeaders.split(';'),
    signature,
    date: headerDate(target),
    payloadHash,
    expiresIn: undefined,
  };
};

const required = (target: Target, name: string): string => {
  const value = parameter(target.query, name);
  if (value !== undefined && value !== '') return value;
  throw new S3Error('AuthorizationQueryParametersError', `The query parameter ${name} is missing.`);
};

const readLife = (text: string): number => {
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (seconds <= longestLife) return seconds;
  throw new S3Error('AuthorizationQueryParametersError', 'X-Amz-Expires must be between 0 and 604800 seconds');
};

const queryClaim = (target: Target): Claim => {
  if (required(target, 'X-Amz-Algorithm') !== algorithm) {
    throw new S3Error('AuthorizationQueryParametersError', `X-Amz-Algorithm only supports ${algorithm}`);
  }
  return {
    ...readCredential(required(target, 'X-Amz-Credential'), 'AuthorizationQueryParametersError'),
    signedHeaders: required(target, 'X-Amz-SignedHeaders').split(';'),
    signature: required(target, 'X-Amz-Signature'),
    date: required(target, 'X-Amz-Date'),
    payloadHash:
      target.headers['x-amz-content-sha256'] ?? parameter(target.query, 'X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD',
    expiresIn: readLife(required(target, 'X-Amz-Expires')),
  };
};

/** Throws AccessDenied for an anonymous request and the matching error for a malformed claim. */
export const readClaim = (target: Target): Claim => {
  const header = target.headers.authorization;
  const presigned = target.query.some(([name]) => name === 'X-Amz-Algorithm' || name === 'X-Amz-Signature');
  if (header !== undefined && presigned) {
    throw new S3Error('InvalidArgument', 'Only one auth mechanism allowed: header or query.');
  }
  if (header !== undefined) return headerClaim(target, header);
  if (presigned) return queryClaim(target);
  throw new S3Error('AccessDenied');
};
