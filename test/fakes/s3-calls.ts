import { S3Client } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';

interface Call {
  /** E.g. `UploadPartCommand`. */
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

interface Observer {
  /** The call fails if it throws. */
  readonly before: (call: Call) => Promise<void>;
}

const sizeOf = (body: unknown): number => (body instanceof Uint8Array ? body.length : 0);

const contentLength = (answer: unknown): number =>
  typeof answer === 'object' && answer !== null && 'ContentLength' in answer ? Number(answer.ContentLength) : 0;

/** Sees every call that this process makes to S3, by whatever client: functions and operator. One observer at a time. */
const observeS3 = ({ before }: Observer) => {
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

type Before = (call: Call) => Promise<unknown> | unknown;

/** Sees every call that this process makes to S3. One watcher at a time; it ends with the running test, if not before. */
export const watchS3 = () => {
  const calls: Call[] = [];
  const before = new Map<string, Before>();
  const { bytes, end } = observeS3({
    before: async (call) => {
      await before.get(call.name)?.(call);
      calls.push(call);
    },
  });
  onTestFinished(() => end());
  const of = (name: string) => calls.filter((call) => call.name === name);
  return {
    bytes,
    end,
    /** Runs before each such call is sent; the call fails if it throws. */
    before: (name: string, hook: Before) => before.set(name, hook),
    count: (name: string) => of(name).length,
    inputs: (name: string) => of(name).map(({ input }) => input),
  };
};
