import { describe, expect, it } from 'vitest';
import { dateTime, time } from '#contract/dates.ts';

describe('the two date formats of the assisted-service API', () => {
  it.each([
    ['2026-04-27T06:55:16.099Z', '2026-04-27T06:55:16.099Z', '2026-04-27T06:55:16.099Z'],
    ['2026-04-27T06:55:16.100Z', '2026-04-27T06:55:16.100Z', '2026-04-27T06:55:16.1Z'],
    ['2026-04-27T06:55:10.000Z', '2026-04-27T06:55:10.000Z', '2026-04-27T06:55:10Z'],
    ['2026-04-27T06:50:00.000Z', '2026-04-27T06:50:00.000Z', '2026-04-27T06:50:00Z'],
  ])('of %s', (iso, a, b) => {
    expect(dateTime(iso)).toBe(a);
    expect(time(iso)).toBe(b);
  });
});
