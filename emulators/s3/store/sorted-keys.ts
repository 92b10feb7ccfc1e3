/** A bucket's keys in the order that S3 lists them: by their UTF-8 bytes. */

/** UTF-16 puts surrogates (beyond the BMP) before U+E000…U+FFFF, UTF-8 after: move them there. */
const rank = (unit: number): number => {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
};

/** Negative, zero or positive, as the UTF-8 bytes of the two compare. */
export const compareUtf8 = (left: string, right: string): number => {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i += 1) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
};

/** The first index in `keys` for which `isBefore` no longer holds. */
export const firstIndex = (keys: readonly string[], isBefore: (key: string) => boolean): number => {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isBefore(keys[middle] ?? '')) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** `keys` stays sorted; a key that is there already is not added again. */
export const insertKey = (keys: string[], key: string): void => {
  const index = firstIndex(keys, (candidate) => compareUtf8(candidate, key) < 0);
  if (keys[index] !== key) keys.splice(index, 0, key);
};

export const removeKey = (keys: string[], key: string): void => {
  const index = firstIndex(keys, (candidate) => compareUtf8(candidate, key) < 0);
  if (keys[index] === key) keys.splice(index, 1);
};
