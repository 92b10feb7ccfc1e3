/** One page of a sorted list of keys, keys below a delimiter rolled up into common prefixes. */
import { compareUtf8, firstIndex } from '../store/sorted-keys.ts';

export type Entry = { readonly kind: 'key' | 'prefix'; readonly value: string };

export type Page = {
  readonly entries: readonly Entry[];
  /** The last entry of this page if more follow. */
  readonly last: Entry | undefined;
};

type PageRequest = {
  readonly prefix: string;
  /** Empty for none. */
  readonly delimiter: string;
  /** Where to go on: after this key, or after all keys below this prefix. */
  readonly after: Entry | undefined;
  readonly limit: number;
};

const commonPrefix = (key: string, { prefix, delimiter }: PageRequest): string | undefined => {
  if (delimiter === '') return undefined;
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
};

const isPassed = (key: string, entry: Entry): boolean => {
  const order = compareUtf8(key, entry.value);
  return entry.kind === 'key' ? order <= 0 : order < 0 || key.startsWith(entry.value);
};

const startIndex = (keys: readonly string[], { prefix, after }: PageRequest): number =>
  firstIndex(keys, (key) => compareUtf8(key, prefix) < 0 || (after !== undefined && isPassed(key, after)));

/** `keys` in UTF-8 order. Takes time for the entries returned, not for the keys rolled up. */
export const pageOf = (keys: readonly string[], request: PageRequest): Page => {
  const entries: Entry[] = [];
  let index = startIndex(keys, request);
  const current = (): string | undefined => (keys[index]?.startsWith(request.prefix) ? keys[index] : undefined);
  for (let key = current(); key !== undefined && entries.length < request.limit; key = current()) {
    const prefix = commonPrefix(key, request);
    const entry: Entry = prefix === undefined ? { kind: 'key', value: key } : { kind: 'prefix', value: prefix };
    entries.push(entry);
    index = prefix === undefined ? index + 1 : firstIndex(keys, (candidate) => isPassed(candidate, entry));
  }
  return { entries, last: current() === undefined ? undefined : entries.at(-1) };
};
