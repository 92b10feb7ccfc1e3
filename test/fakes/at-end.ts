type Step = () => Promise<unknown>;

let steps: Step[] = [];

/** Runs a step when the file's tests have ended (test/ending.ts), the last one first. */
export const atEnd = (step: Step): void => {
  steps.push(step);
};

export const runEndSteps = async (): Promise<void> => {
  const all = steps.toReversed();
  steps = [];
  for (const step of all) await step();
};
