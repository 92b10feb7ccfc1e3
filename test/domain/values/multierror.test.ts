import { describe, expect, test } from 'vitest';
import { throwAll } from '#domain/multierror.ts';
import { refusalOf } from './refusal.ts';

describe('several reasons as one text', () => {
  test.each([
    [[], undefined],
    [['a'], '1 error occurred:\n\t* a\n\n'],
    [['a', 'b'], '2 errors occurred:\n\t* a\n\t* b\n\n'],
  ])('%j', (reasons, expected) => {
    expect(refusalOf(() => throwAll(reasons))).toBe(expected);
  });
});
