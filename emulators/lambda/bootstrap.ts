// The first module of the process that runs a function's code. Its argument says which, and gets the events from
// the process that started it.
import * as z from 'zod';
import type { ProcessMessage } from './environment-process.ts';
import { type Handler, type Invocation, runHandler, thrown } from './handler-run.ts';

const argument = z.object({ module: z.url(), name: z.string(), memoryMegabytes: z.number() });
const handlerModule = z.object({
  handler: z.custom<Handler>((value) => typeof value === 'function', 'is not a function'),
});

const { module, ...identity } = argument.parse(JSON.parse(process.argv[2] ?? ''));

const say = (message: ProcessMessage): Promise<void> =>
  new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));

// Nobody is left who could ask for anything.
process.on('disconnect', () => process.exit());
// Ctrl-C reaches every process of the terminal; this one ends with the one that started it, after its invocation.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);

try {
  const { handler } = handlerModule.parse(await import(module));
  process.on('message', async (invocation: Invocation) => say(await runHandler(handler, identity, invocation)));
  await say('ready');
} catch (error) {
  await say({ functionError: thrown(error) });
  process.exit(1);
}
