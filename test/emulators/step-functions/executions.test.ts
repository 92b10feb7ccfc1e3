import { expect, test } from 'vitest';
import { type Execution, executionRegistry } from '#emulators/step-functions/executions.ts';
import type { Outcome } from '#emulators/step-functions/run-definition.ts';

const succeeded: Outcome = { status: 'SUCCEEDED', output: '{}' };

const execution = (executionArn: string, finished: Promise<Outcome>): Execution => ({
  executionArn,
  stateMachineArn: 'machine',
  name: executionArn,
  input: '{}',
  startDate: new Date(0),
  finished,
});

test('of the finished executions only the latest are remembered, and every running one', async () => {
  const registry = executionRegistry(2);
  registry.add(execution('running', new Promise(() => {})));
  for (const name of ['a', 'b', 'c']) {
    const ending = execution(name, Promise.resolve(succeeded));
    registry.add(ending);
    await ending.finished;
  }
  const remembered = ['running', 'a', 'b', 'c'].filter((name) => registry.get(name) !== undefined);
  expect(remembered).toEqual(['running', 'b', 'c']);
  expect(registry.get('c')).toMatchObject({ outcome: succeeded, stopDate: expect.any(Date) });
});

test('the registry is idle when the running executions and what they started have ended', async () => {
  const registry = executionRegistry(10);
  const [first, second] = [Promise.withResolvers<Outcome>(), Promise.withResolvers<Outcome>()];
  registry.add(execution('first', first.promise));
  const order: string[] = [];
  const idle = registry.idle().then(() => order.push('idle'));
  registry.add(execution('second', second.promise));
  first.resolve(succeeded);
  await first.promise;
  order.push('first');
  second.resolve(succeeded);
  await idle;
  expect(order).toEqual(['first', 'idle']);
});
