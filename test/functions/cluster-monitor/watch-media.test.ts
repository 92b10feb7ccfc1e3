import { expect, it } from 'vitest';
import { watchMedia } from '#functions/cluster-monitor/watch-media.ts';

it.each<[string, Date | undefined, number]>([
  ['since the oldest preparation began', new Date('2026-03-01T11:58:30.000Z'), 90],
  ['when nothing is prepared', undefined, 0],
  ['when the clock of Step Functions goes ahead', new Date('2026-03-01T12:00:02.000Z'), 0],
])('reports the seconds %s', async (_, start, seconds) => {
  const reported: number[] = [];
  const media = { oldestStart: async () => start };
  const clock = () => new Date('2026-03-01T12:00:00.000Z');
  await watchMedia({ media, clock, report: (value) => reported.push(value) })();
  expect(reported).toEqual([seconds]);
});
