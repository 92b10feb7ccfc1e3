import { describe, expect, it } from 'vitest';
import { checksumOf } from '#adapters/release-mirror/checksums.ts';

const [one, two] = ['1'.repeat(64), '2'.repeat(64)];

describe('a sha256sum.txt', () => {
  it.each([
    ['as sha256sum writes it', `${two}  other\n${one}  wanted\n`],
    ['for a binary file', `${one} *wanted\n`],
    ['with the line endings of Windows', `${two}  other\r\n${one}  wanted\r\n`],
  ])('%s gives the sum of a file', (_, sums) => {
    expect(checksumOf(sums, ['wanted'])).toEqual({ file: 'wanted', sha256: one });
  });

  it('gives the first wanted name that it lists, whatever its own order', () => {
    expect(checksumOf(`${one}  b\n${two}  a\n`, ['missing', 'a', 'b'])).toEqual({ file: 'a', sha256: two });
  });

  it.each([
    ['nothing', ''],
    ['a name that only ends alike', `${one}  x/wanted\n`],
    ['a sum that is cut off', `${one.slice(1)}  wanted\n`],
    ['capital digits, which sha256sum does not write', `${'A'.repeat(64)}  wanted\n`],
  ])('with %s gives none', (_, sums) => {
    expect(checksumOf(sums, ['wanted'])).toBeUndefined();
  });
});
