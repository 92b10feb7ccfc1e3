import { Logger as PowertoolsLogger } from '@aws-lambda-powertools/logger';
import type { Logger } from '#domain/ports.ts';
import { inSource } from './source-places.ts';

/** JSON lines on standard output; POWERTOOLS_LOG_LEVEL and POWERTOOLS_SERVICE_NAME set level and name. */
export const createLogger = (): Logger => {
  const logger = new PowertoolsLogger();
  return {
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, fields = {}) => logger.error(message, fields),
  };
};

/** Names the reason in the words of Node or of a package, whose classes lose their names in a bundle. */
const codeOf = (error: Error): Record<string, unknown> =>
  'code' in error && typeof error.code === 'string' ? { code: error.code } : {};

const awsFields = (error: Error): Record<string, unknown> => {
  if (!('$fault' in error)) return {};
  // An AWS service's own words name actions and resources, never the content of an item or object.
  return { reason: error.message };
};

/**
 * What may be logged of an unexpected error: its name and where it was thrown. Not its message: a parser's, for
 * instance, quotes the text that it could not read, which may hold a secret.
 */
export const errorFields = (error: unknown): Record<string, unknown> => {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return {
    error: error.name,
    ...codeOf(error),
    at: frames.slice(0, 5).map((line) => inSource(line.trim())),
    ...awsFields(error),
  };
};

/** What may be logged of a refusal by AWS. It says nothing of the place: on a full disk there would be thousands of traces. */
export const refusalFields = (error: unknown): Record<string, unknown> =>
  error instanceof Error ? { error: error.name, ...awsFields(error) } : {};
