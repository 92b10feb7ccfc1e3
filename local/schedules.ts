import * as z from 'zod';
import type { LocalFunction } from '#emulators/lambda/function.ts';
import { invoke } from '#emulators/lambda/invoke.ts';
import { functionByArn } from './functions.ts';
import type { Template } from './template/template.ts';

const scheduleSchema = z.object({
  ScheduleExpression: z.string(),
  Target: z.object({ Arn: z.string(), Input: z.string().default('{}') }),
});

const unitSeconds: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };

/**
 * Milliseconds between two runs of `rate(5 minutes)`.
 *
 * @throws Error for any other kind of schedule
 */
export const rateMilliseconds = (expression: string): number => {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const seconds = unitSeconds[unit];
  if (seconds === undefined) throw new Error(`template: the schedule ${expression} is not a rate`);
  return Number(count) * seconds * 1000;
};

const run = async (target: LocalFunction, input: string): Promise<void> => {
  const result = await invoke(target, input);
  if ('functionError' in result) console.error(`${target.name} failed:`, result.functionError);
};

/** Runs the functions that a template schedules. The returned function stops that and waits for the running ones. */
export const startSchedules = (template: Template, functions: readonly LocalFunction[]): (() => Promise<void>) => {
  const running = new Set<Promise<void>>();
  const timers = template.ofType('AWS::Scheduler::Schedule').map(({ properties }) => {
    const { ScheduleExpression, Target } = scheduleSchema.parse(properties);
    const target = functionByArn(functions, Target.Arn);
    return setInterval(() => {
      const current = run(target, Target.Input).finally(() => running.delete(current));
      running.add(current);
    }, rateMilliseconds(ScheduleExpression));
  });
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await Promise.all(running);
  };
};
