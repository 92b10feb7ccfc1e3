import { afterEach, expect, test, vi } from 'vitest';
import { rateMilliseconds, startSchedules } from '#local/schedules.ts';
import { readTemplate } from '#local/template/template.ts';
import { functionOf } from './functions.ts';

const given = {
  keyArn: 'arn:aws:kms:us-east-1:000000000000:key/1',
  macKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/2',
};

/** A template that runs one function by this expression. */
const scheduling = (ScheduleExpression: string) =>
  readTemplate(
    {
      Resources: {
        Monitor: { Type: 'AWS::Lambda::Function' },
        Schedule: {
          Type: 'AWS::Scheduler::Schedule',
          Properties: { ScheduleExpression, Target: { Arn: { 'Fn::GetAtt': ['Monitor', 'Arn'] } } },
        },
      },
    },
    given,
  );

afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ['rate(1 minute)', 60_000],
  ['rate(5 minutes)', 300_000],
  ['rate(2 hours)', 7_200_000],
  ['rate(1 day)', 86_400_000],
])('%s is every %i ms', (expression, milliseconds) => {
  expect(rateMilliseconds(expression)).toBe(milliseconds);
});

test.each(['cron(0 * * * ? *)', 'rate(minute)', 'rate(1 week)'])('%s is refused', (expression) => {
  expect(() =>
    startSchedules(scheduling(expression), [functionOf(() => {}, { name: 'ove-ignition-monitor' })]),
  ).toThrow(`the schedule ${expression} is not a rate`);
});

test('a function runs at its rate until it is stopped, which waits for the running one', async () => {
  vi.useFakeTimers();
  let runs = 0;
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const monitor = functionOf(
    async () => {
      runs += 1;
      await released;
    },
    { name: 'ove-ignition-monitor', timeoutSeconds: 3_600 },
  );
  const stop = startSchedules(scheduling('rate(1 minute)'), [monitor]);
  await vi.advanceTimersByTimeAsync(59_999);
  expect(runs).toBe(0);
  await vi.advanceTimersByTimeAsync(60_001);
  expect(runs).toBe(2);

  let stopped = false;
  const stopping = stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(120_000);
  expect([runs, stopped]).toEqual([2, false]);
  release();
  await stopping;
});
