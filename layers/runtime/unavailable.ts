import { failure, type ServiceError } from '#domain/errors.ts';

const statusOf = (error: unknown): unknown => {
  if (!(error instanceof Error && '$metadata' in error)) return undefined;
  const metadata = error.$metadata;
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
    ? metadata.httpStatusCode
    : undefined;
};

/** The failure that a service of AWS stands for which has said of itself that it is not available; undefined for any other. */
export const unavailability = (error: unknown): ServiceError | undefined =>
  statusOf(error) === 503 ? failure('StorageUnavailable') : undefined;
