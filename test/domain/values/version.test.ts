import { describe, expect, test } from 'vitest';
import { isAtLeast } from '#domain/values/version.ts';

describe('versions', () => {
  test.each([
    ['4.20.3', '4.12', true],
    ['4.9.0', '4.12', false],
    ['4.12.0-rc.1', '4.12', true],
    ['5.0.0', '4.22', true],
  ])('%s is at least %s: %s', (version, minor, expected) => {
    expect(isAtLeast(version, minor)).toBe(expected);
  });
});
