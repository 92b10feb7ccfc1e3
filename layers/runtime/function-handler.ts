import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import { failure, invalid, ServiceError } from '#domain/errors.ts';
import type { Logger } from '#domain/ports.ts';
import { errorFields, refusalFields } from './logging.ts';
import { measureCall } from './metrics.ts';
import { unavailability } from './unavailable.ts';

/** What the code of a function may know of its invocation. */
export interface Invocation {
  /** Milliseconds until Lambda ends the invocation. */
  readonly remainingMs: () => number;
}

interface LambdaFunction<Schema extends z.ZodType, Answer> {
  readonly name: string;
  readonly schema: Schema;
  readonly run: (event: z.output<Schema>, invocation: Invocation) => Promise<Answer>;
  readonly logger: Logger;
}

/**
 * A Lambda handler for events that are not HTTP. What it throws is always a ServiceError, so that Lambda reports a
 * name of the table of errors and a message that is safe to show.
 */
export const functionHandler = <Schema extends z.ZodType, Answer>({
  name,
  schema,
  run,
  logger,
}: LambdaFunction<Schema, Answer>) => {
  const toFailure = (error: unknown, requestId: string): ServiceError => {
    if (error instanceof ServiceError) return error;
    const unavailable = unavailability(error);
    if (unavailable === undefined) logger.error('unexpected error', { requestId, ...errorFields(error) });
    else logger.warn('a service of AWS is not available', { requestId, ...refusalFields(error) });
    return unavailable ?? failure('InternalError');
  };

  const handle = async (event: unknown, context: Context): Promise<Answer> => {
    const started = performance.now();
    const finish = (outcome: string, fault: boolean) => {
      const milliseconds = Math.round(performance.now() - started);
      logger.info('invocation', { requestId: context.awsRequestId, outcome, milliseconds });
      measureCall({ operation: name, milliseconds, fault });
    };
    try {
      const read = schema.safeParse(event);
      if (!read.success) throw invalid(`not an event of ${name}`);
      const answer = await run(read.data, { remainingMs: () => context.getRemainingTimeInMillis() });
      finish('done', false);
      return answer;
    } catch (error) {
      const expected = toFailure(error, context.awsRequestId);
      finish(expected.name, expected.isFault);
      throw expected;
    }
  };

  return middy<unknown, Answer>().handler(handle);
};
