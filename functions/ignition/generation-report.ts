import { failure, ServiceError } from '#domain/errors.ts';
import type { Redaction } from '#domain/ignition/redaction.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { nameOf, recordEvent } from '#runtime/recording.ts';
import type { Announcement } from './generation.ts';
import type { Dependencies } from './ignition-dependencies.ts';

export const recordMade = (
  dependencies: Dependencies,
  infraEnv: InfraEnv,
  { name, properties }: Announcement,
): Promise<void> => recordEvent(dependencies, name, { infraEnv, properties });

/** Longest reason in a log line, in characters. */
const reasonLength = 500;

interface Failed {
  readonly error: unknown;
  readonly infraEnv: InfraEnv;
  readonly redaction: Redaction;
}

/** The failure that may leave this function: named in the table of errors, and without a secret. */
export const outwardFailure = ({ logger }: Dependencies, { error, infraEnv, redaction }: Failed): ServiceError => {
  if (error instanceof ServiceError) return new ServiceError(error.name, redaction.redact(error.message));
  const reason = error instanceof Error ? redaction.redact(error.message).slice(0, reasonLength) : 'not an error';
  logger.error('unexpected failure of an artifact', { infraEnvId: infraEnv.id, error: nameOf(error), reason });
  return failure('InternalError');
};

/** Records why a generation failed. */
export const recordFailed = (dependencies: Dependencies, infraEnv: InfraEnv, outward: ServiceError): Promise<void> =>
  recordEvent(dependencies, 'ignition_generation_failed', { infraEnv, properties: { error: outward.message } });
