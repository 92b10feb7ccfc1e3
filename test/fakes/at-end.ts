import { afterAll } from 'vitest';

type Step = () => Promise<unknown>;

const steps: Step[] = [];

afterAll(async () => {
  for (const step of steps.toReversed()) await step();
});

/** Runs a step when the file's tests have ended, the last one first. In a hook vitest's own `afterAll` would be lost. */
export const atEnd = (step: Step): void => {
  steps.push(step);
};
