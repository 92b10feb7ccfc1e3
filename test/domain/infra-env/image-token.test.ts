import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageKeyName, imageTokenExpiry, withNextImageKey } from '#domain/infra-env/image-token.ts';
import { anInfraEnv } from '#test/fakes/records.ts';

const hour = 60 * 60 * 1000;
const date = fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

describe('the end of an image token', () => {
  it.each([
    ['2026-03-01T00:00:00.000Z', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T03:59:59.999Z', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T04:00:00.000Z', '2026-03-01T12:00:00.000Z'],
  ])('of one that is issued at %s is %s', (now, end) => {
    expect(imageTokenExpiry(new Date(now)).toISOString()).toBe(end);
  });

  it('is more than 4 and at most 8 hours ahead, and stays for 4 hours', () => {
    fc.assert(
      fc.property(date, (now) => {
        const end = imageTokenExpiry(now).getTime();
        expect(end - now.getTime()).toBeGreaterThan(4 * hour);
        expect(end - now.getTime()).toBeLessThanOrEqual(8 * hour);
        expect(imageTokenExpiry(new Date(end - 8 * hour)).getTime()).toBe(end);
        expect(imageTokenExpiry(new Date(end - 4 * hour - 1)).getTime()).toBe(end);
      }),
    );
  });
});

describe('the signing key of an infra-env', () => {
  it('is the first one until another is asked for, which leaves the artifacts as they are', () => {
    const first = anInfraEnv({ version: 3, revision: 2 });
    const second = withNextImageKey(first);
    expect([first, second, withNextImageKey(second)].map(imageKeyName)).toEqual(
      [1, 2, 3].map((version) => `${first.id}:${version}`),
    );
    expect(second).toEqual({ ...first, version: 4, imageKeyVersion: 2 });
  });
});
