import { isFailure } from '../errors.ts';

/** Whether the rules let the attempt pass: an InvalidInput is a no, any other failure is passed on. */
export const isAccepted = (attempt: () => unknown): boolean => {
  try {
    attempt();
    return true;
  } catch (error) {
    if (isFailure(error, 'InvalidInput')) return false;
    throw error;
  }
};
