import { bundleFunctions } from '#local/function-bundle.ts';

/** Once for all local stacks, which would each make them. */
export const setup = bundleFunctions;
