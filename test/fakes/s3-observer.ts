import { S3Client } from '@aws-sdk/client-s3';

export interface Call {
  /** E.g. `UploadPartCommand`. */
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

interface Observer {
  /** The call fails if it throws. */
  readonly before?: (call: Call) => Promise<void>;
}

const sizeOf = (body: unknown): number => (body instanceof Uint8Array ? body.length : 0);

const contentLength = (answer: unknown): number =>
  typeof answer === 'object' && answer !== null && 'ContentLength' in answer ? Number(answer.ContentLength) : 0;

/**
 * Sees every call that this process makes to S3, by whatever client: functions, state machines, operator. One observer at a
 * time.
 */
export const observeS3 = ({ before = async () => undefined }: Observer = {}) => {
  const bytes = { uploaded: 0, read: 0 };
  const { send } = S3Client.prototype;
  const untyped = send as (...args: readonly unknown[]) => Promise<unknown>;
  const observed = async function (this: S3Client, command: { input: Call['input'] }, ...rest: readonly unknown[]) {
    const call = { name: command.constructor.name, input: command.input };
    await before(call);
    const answer = await untyped.call(this, command, ...rest);
    bytes.uploaded += sizeOf(call.input.Body);
    if (call.name === 'GetObjectCommand') bytes.read += contentLength(answer);
    return answer;
  };
  S3Client.prototype.send = observed as typeof send;
  return {
    /** Content that passed through this process. */
    bytes,
    end: () => {
      S3Client.prototype.send = send;
    },
  };
};
