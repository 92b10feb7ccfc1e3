import { failure, type ServiceError } from '#domain/errors.ts';

const statusOf = (error: unknown): unknown => {
  if (!(error instanceof Error && '$metadata' in error)) return undefined;
  const metadata = error.$metadata;
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
    ? metadata.httpStatusCode
    : undefined;
};

/** Statuses by which a service says that it is not available, or is asked too much at the moment. */
const passing: readonly unknown[] = [429, 503];

/** By these names services say the same with a status of 400. */
const throttling = [
  'ExecutionLimitExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
];

/** The failure that a refusal by a service of AWS stands for which passes by itself; undefined for any other error. */
export const unavailability = (error: unknown): ServiceError | undefined => {
  const status = statusOf(error);
  const isThrottled = status !== undefined && error instanceof Error && throttling.includes(error.name);
  return isThrottled || passing.includes(status) ? failure('StorageUnavailable') : undefined;
};
