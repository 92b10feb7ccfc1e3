import { setTimeout as pause } from 'node:timers/promises';
import { isFailure } from '#domain/errors.ts';

const attempts = 6;

/**
 * Repeats read-change-write while another request has written in between. Each attempt reads again, so nothing is lost;
 * the random pause lets concurrent writers get out of step.
 *
 * @throws StaleVersion when the last attempt met another writer too
 */
export const whileStale = async <Result>(attempt: () => Promise<Result>): Promise<Result> => {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tried === attempts || !isFailure(error, 'StaleVersion')) throw error;
      await pause(Math.random() * 20 * 2 ** tried);
    }
  }
};
