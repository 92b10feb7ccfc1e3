import { ServiceError } from '#domain/errors.ts';

/** The message with which an action is refused as invalid input; undefined when it is not refused. */
export const refusalOf = (action: () => unknown): string | undefined => {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof ServiceError && error.name === 'InvalidInput') return error.message;
    throw error;
  }
};
