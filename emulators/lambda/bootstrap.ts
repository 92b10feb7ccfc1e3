// The first module of the process that runs a function's code. Its argument says which, and gets the events from
// the process that started it.
import type { FunctionIdentity } from './context.ts';
import type { ProcessMessage } from './environment-process.ts';
import { type Handler, type Invocation, runHandler, thrown } from './handler-run.ts';

interface Argument extends FunctionIdentity {
  /** URL of the module with the handler. */
  readonly module: string;
}

// By hand: a library for shapes would take longer to load than most functions do.
const { module, ...identity }: Argument = JSON.parse(process.argv[2] ?? '');

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

const loadHandler = async (): Promise<Handler> => {
  const { handler } = await import(module);
  if (isHandler(handler)) return handler;
  throw Object.assign(new Error('index.handler is undefined or not exported'), { name: 'Runtime.HandlerNotFound' });
};

const say = (message: ProcessMessage): Promise<void> =>
  new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));

// Nobody is left who could ask for anything.
process.on('disconnect', () => process.exit());
// Ctrl-C reaches every process of the terminal; this one ends with the one that started it, after its invocation.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);

try {
  const handler = await loadHandler();
  process.on('message', async (invocation: Invocation) => say(await runHandler(handler, identity, invocation)));
  await say('ready');
} catch (error) {
  await say({ functionError: thrown(error) });
  process.exit(1);
}
