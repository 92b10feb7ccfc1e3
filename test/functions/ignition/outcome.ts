import { expect } from 'vitest';
import { canary, type World } from './world.ts';

/** The failure's name, HTTP status and text. */
export const outcome = async (here: World, revision?: number, remainingMs?: number) =>
  here.run(revision, remainingMs).then(
    () => 'no failure',
    ({ name, status, message }) => ({ name, status, message }),
  );

/** Nothing was stored, and neither files nor secrets are left anywhere. */
export const expectClean = async (here: World) => {
  expect(await here.workspacesLeft()).toEqual([]);
  expect(await here.traces()).not.toContain(canary);
  expect(here.artifacts.size).toBe(0);
};

export const internal = { name: 'InternalError', status: 500, message: 'Internal server error' };
