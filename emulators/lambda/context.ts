import type { Context } from 'aws-lambda';
import { arn } from '../account.ts';

/** What a handler learns of its function. */
export interface FunctionIdentity {
  readonly name: string;
  readonly memoryMegabytes: number;
}

interface InvocationTimes {
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

const unsupported = () => {
  throw new Error('callback-style completion is not available in this runtime');
};

/** What a handler gets as its second argument, as the Node.js runtime of Lambda makes it. */
export const invocationContext = (
  { name, memoryMegabytes }: FunctionIdentity,
  { requestId, deadline }: InvocationTimes,
): Context => ({
  awsRequestId: requestId,
  callbackWaitsForEmptyEventLoop: true,
  functionName: name,
  functionVersion: '$LATEST',
  invokedFunctionArn: arn('lambda', `function:${name}`),
  memoryLimitInMB: String(memoryMegabytes),
  logGroupName: `/aws/lambda/${name}`,
  logStreamName: requestId,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  done: unsupported,
  fail: unsupported,
  succeed: unsupported,
});
