import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { checkTags } from '#domain/cluster/tags.ts';
import { refusalOf } from '../values/refusal.ts';

describe('tags', () => {
  const refusal = (tags: string | undefined) => refusalOf(() => checkTags(tags));

  test.each([undefined, '', 'a', 'tag1,tag2', 'two words,under_score'])('%j are accepted', (tags) => {
    expect(refusal(tags)).toBeUndefined();
  });

  test.each([',', 'a,', 'a, b', ' a', 'a  b', 'a-b', 'ä'])('%j are refused', (tags) => {
    expect(refusal(tags)).toBe(
      `Invalid format for Tags: ${tags}. Tags should be a comma-separated list (e.g. tag1,tag2,tag3). Each tag can consist ` +
        'of the following characters: Alphanumeric (aA-zZ, 0-9), underscore (_) and white-spaces.',
    );
  });

  it('of a length that no record has room for are refused before they are read', () => {
    expect(refusal('a'.repeat(5_000_000))).toBe('Tags should be at most 65536 characters long');
  });

  test('never hold a line end or a NUL', () => {
    const nearlyTags = fc.string({ unit: fc.constantFrom('a', '_', ' ', ',', '\n', '\0', '\t') });
    fc.assert(
      fc.property(nearlyTags, (tags) => {
        if (refusal(tags) === undefined) expect(tags).not.toMatch(/[\n\0\t]/);
      }),
    );
  });
});
