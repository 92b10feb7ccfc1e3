type Step = () => unknown;

/** What has to be undone at the end, the latest first; a step that fails is reported and keeps none from its turn. */
export const closingSteps = () => {
  const steps: Step[] = [];
  return {
    add: (step: Step): void => {
      steps.push(step);
    },
    close: async (): Promise<void> => {
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
