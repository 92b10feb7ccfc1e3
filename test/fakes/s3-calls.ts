import { onTestFinished } from 'vitest';
import { type Call, observeS3 } from './s3-observer.ts';

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
