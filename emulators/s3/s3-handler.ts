/** One request from socket to answer: who signed it, what it means, how it went. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDiskFull, noRoom } from '../http/disk-room.ts';
import { readSource } from './operations/copy-source.ts';
import { type Answer, sendAnswer } from './s3-answer.ts';
import { S3Error } from './s3-errors.ts';
import type { S3Context, S3Request } from './s3-operation.ts';
import { isReading, lists, type Need, needCheck, type Permissions } from './s3-permissions.ts';
import { type Headers, readTarget, type Target } from './s3-request.ts';
import { findOperation } from './s3-routes.ts';
import type { Verified } from './signature/verify-signature.ts';
import { checkHeaders } from './supported-headers.ts';
import { xmlError } from './xml-writer.ts';

type Exchange = {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  /** The client waits for `100 Continue` before it sends the body. */
  readonly waits: boolean;
};

/** A presigned URL may carry headers as parameters: x-amz-meta-colour=blue, x-amz-checksum-mode=ENABLED, … */
const withPresignedHeaders = ({ headers, query }: Target): Headers => {
  const carried = query.filter(([name]) => /^x-amz-/i.test(name) && !authentication.has(name));
  if (carried.length === 0) return headers;
  return { ...Object.fromEntries(carried.map(([name, value]) => [name.toLowerCase(), value])), ...headers };
};

const authentication = new Set(
  ['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature', 'Security-Token', 'Content-Sha256'].map(
    (name) => `X-Amz-${name}`,
  ),
);

const bodyBytes =
  ({ message, response, waits }: Exchange) =>
  (): AsyncIterable<Buffer> => {
    if (waits) response.writeContinue();
    return message;
  };

/** What the client hears of an error that is not a refusal. */
const ownError = (error: unknown): S3Error =>
  isDiskFull(error) ? new S3Error('ServiceUnavailable', noRoom) : new S3Error('InternalError');

const errorAnswer = (error: unknown, { path, id }: { path: string; id: string }): Answer => {
  const known = error instanceof S3Error ? error : ownError(error);
  const details = Object.entries(known.details);
  const body = xmlError([
    ['Code', known.code],
    ['Message', known.message],
    ...details,
    ['Resource', path],
    ['RequestId', id],
  ]);
  const region: Record<string, string> = known.details.Region ? { 'x-amz-bucket-region': known.details.Region } : {};
  return { status: known.status, headers: { 'content-type': 'application/xml', ...region }, body };
};

export type Handler = (exchange: Exchange) => Promise<void>;

/** `report` hears of errors that are this server's own, never of refusals or of clients that went away. */
export const createHandler = (options: {
  context: S3Context;
  verify: (target: Target) => Verified;
  permissions: Permissions;
  report: (error: unknown) => void;
}): Handler => {
  const { context, verify, permissions, report } = options;
  let served = 0;

  const named = ({ bucket, key, headers }: S3Request, { of }: Need) =>
    of === 'source' ? readSource(headers['x-amz-copy-source'] ?? '') : { bucket, key };

  const permitted = async (target: Target, request: S3Request): Promise<Answer> => {
    const { run, needs } = findOperation(target);
    for (const need of needs) request.check(need, named(request, need));
    try {
      return await run(context, request);
    } catch (error) {
      // Whoever may not list a bucket is not told that what they would read is not in it.
      const isMissing = error instanceof S3Error && error.code === 'NoSuchKey';
      for (const need of isMissing ? needs.filter(isReading) : []) request.check(lists, named(request, need));
      throw error;
    }
  };

  const answerTo = async (exchange: Exchange): Promise<Answer> => {
    const target = readTarget(exchange.message);
    const verified = verify(target);
    const headers = withPresignedHeaders(target);
    checkHeaders(headers);
    return permitted(
      { ...target, headers },
      {
        bucket: target.bucket ?? '',
        key: target.key ?? '',
        query: target.query,
        headers,
        body: { headers, verified, bytes: bodyBytes(exchange) },
        check: needCheck(permissions, verified.accessKeyId),
      },
    );
  };

  /** A body that nobody read is taken and thrown away; one that was never sent cannot be, so the connection ends. */
  const leaveBody = ({ message, response, waits }: Exchange): void => {
    if (waits && !message.readableDidRead) response.setHeader('connection', 'close');
    else message.resume();
  };

  return async (exchange) => {
    const { message, response } = exchange;
    served += 1;
    const id = served.toString(16).toUpperCase().padStart(16, '0');
    const answer = await answerTo(exchange).catch((error: unknown) => {
      const broken = message.readableAborted || message.destroyed;
      if (!(error instanceof S3Error) && !(broken && !message.complete)) report(error);
      return errorAnswer(error, { path: message.url?.split('?')[0] ?? '/', id });
    });
    try {
      leaveBody(exchange);
      response.setHeader('x-amz-request-id', id);
      response.setHeader('date', context.now().toUTCString());
      await sendAnswer(response, { answer, method: message.method ?? 'GET' });
    } catch (error) {
      if (!response.destroyed) report(error);
      response.destroy();
    } finally {
      await answer.done?.().catch(report);
    }
  };
};
