type Step = () => unknown;

export interface Closing {
  readonly add: (step: Step) => void;
  /** Undoes the latest first; a step that fails is reported, and the next one has its turn. */
  readonly close: () => Promise<void>;
}

/** What has to be undone at the end. */
export const closingSteps = (): Closing => {
  const steps: Step[] = [];
  return {
    add: (step) => {
      steps.push(step);
    },
    close: async () => {
      for (const step of steps.splice(0).reverse()) {
        try {
          await step();
        } catch (error) {
          console.error('a part of the local stack did not close:', error);
        }
      }
    },
  };
};
