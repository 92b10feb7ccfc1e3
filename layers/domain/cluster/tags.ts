import { invalid } from '../errors.ts';
import { excerpt } from '../values/printable.ts';

/** Characters, more than a cluster's record has room for beside its other settings. */
const longestTags = 64 * 1024;

const tag = /^\w+( \w+)*$/;

/**
 * Checks a comma-separated list of tags (assisted-service API); absent and empty: not set.
 *
 * @throws InvalidInput
 */
export const checkTags = (tags: string | undefined): void => {
  if (!tags) return;
  if (tags.length > longestTags) throw invalid(`Tags should be at most ${longestTags} characters long`);
  if (tags.split(',').every((part) => tag.test(part))) return;
  throw invalid(
    `Invalid format for Tags: ${excerpt(tags)}. Tags should be a comma-separated list (e.g. tag1,tag2,tag3). Each tag can ` +
      'consist of the following characters: Alphanumeric (aA-zZ, 0-9), underscore (_) and white-spaces.',
  );
};
