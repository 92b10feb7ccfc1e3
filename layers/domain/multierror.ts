import { invalid } from './errors.ts';

/**
 * Throws several reasons as one failure, in the text that clients of the assisted-service API know: a count, then one
 * indented line per reason, then an empty line. Without reasons it does nothing.
 *
 * @throws InvalidInput
 */
export const throwAll = (reasons: readonly string[]): void => {
  if (reasons.length === 0) return;
  const heading = reasons.length === 1 ? '1 error occurred:' : `${reasons.length} errors occurred:`;
  throw invalid(`${heading}\n${reasons.map((reason) => `\t* ${reason}\n`).join('')}\n`);
};
