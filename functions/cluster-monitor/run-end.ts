import type { Invocation } from '#runtime/function-handler.ts';

/** What is left for the run to end properly, in milliseconds. */
const endMs = 2_000;

/** Whether a run has to leave what it has not done to the next one. */
export const isEnding = ({ remainingMs }: Invocation): boolean => remainingMs() < endMs;
