import * as z from 'zod';
import type { AccessControl } from '#emulators/iam/access-control.ts';
import type { LocalFunction } from '#emulators/lambda/function.ts';
import { invoke } from '#emulators/lambda/invoke.ts';
import { functionByArn } from './functions.ts';
import { roleName } from './roles.ts';
import type { Template } from './template/template.ts';

const scheduleSchema = z.object({
  ScheduleExpression: z.string(),
  Target: z.object({ Arn: z.string(), RoleArn: z.string().optional(), Input: z.string().default('{}') }),
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

interface Scheduled {
  readonly Arn: string;
  readonly RoleArn?: string | undefined;
}

/** @throws Error when the schedule's role may not start its function */
const checkRole = ({ Arn: resource, RoleArn = '' }: Scheduled, access: AccessControl | undefined): void => {
  const refusal = access?.refusal(roleName(RoleArn), { action: 'lambda:InvokeFunction', resource });
  if (refusal !== undefined) throw new Error(`template: ${refusal}`);
};

/** Runs the functions that a template schedules. The returned function stops that and waits for the running ones. */
export const startSchedules = (
  template: Template,
  functions: readonly LocalFunction[],
  access?: AccessControl,
): (() => Promise<void>) => {
  const running = new Set<Promise<void>>();
  const timers = template.ofType('AWS::Scheduler::Schedule').map(({ properties }) => {
    const { ScheduleExpression, Target } = scheduleSchema.parse(properties);
    checkRole(Target, access);
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
