import { entriesOf } from '../values/json.ts';

/** What stands at a place of a document; undefined where the document has no such place. */
export const valueAt = (root: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce((value, key) => entriesOf(value)?.get(key), root);

/** The same for a list; an empty one for whatever is not a list. */
export const listAt = (root: unknown, ...keys: readonly string[]): readonly unknown[] => {
  const value = valueAt(root, ...keys);
  return Array.isArray(value) ? value : [];
};

// NMState takes these words for truth values, whatever their case.
const means = (words: readonly string[], value: unknown): boolean => words.includes(String(value).toLowerCase());
export const isYes = (value: unknown): boolean => means(['true', 'yes', 'on', 'y', '1'], value);
export const isNo = (value: unknown): boolean => means(['false', 'no', 'off', 'n', '0'], value);
