import { AsyncLocalStorage } from 'node:async_hooks';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** `process ends`: the call arrives, and no line of code runs after it. */
const faults = ['answer lost once', 'answer lost always', 'process ends'] as const;
export type Fault = (typeof faults)[number];

export interface Plan {
  /** Which call is hit, from 0; calls count once, however often the SDK tries them. */
  readonly at: number;
  readonly fault: Fault;
}

const reading = /^(GetItem|Query|GET|HEAD|Decrypt|Generate)/;

export const changesNothing = (call: string): boolean => reading.test(call);

/** Behind a call that changes nothing, the end of the process leaves what the call before has left. */
export const plansFor = (made: readonly string[]): Plan[] =>
  made.flatMap((name, at) =>
    (changesNothing(name) ? (['answer lost always'] as const) : faults).map((fault) => ({ at, fault })),
  );

interface Run {
  readonly plan: Plan | undefined;
  /** Name and id of each call in the order in which they were made. */
  readonly calls: Map<string, string>;
  readonly losses: Map<string, number>;
  readonly ended: PromiseWithResolvers<'ended'>;
  over: boolean;
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

type Handle = (request: Sent, options?: object) => Promise<{ response: { body?: { resume?: () => void } } }>;

const never = <Value>(): Promise<Value> => new Promise(() => {});

const nameOf = ({ method, path, headers }: Sent): string =>
  headers['x-amz-target']?.replace(/^.*\./, '') ?? `${method} ${path.split('/').slice(1, 4).join('/')}`;

// As Node.js reports a connection that the other end has closed: the SDK tries again.
const lost = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

const isLost = ({ plan, losses }: Run, id: string): boolean => {
  const before = losses.get(id) ?? 0;
  losses.set(id, before + 1);
  return plan?.fault === 'answer lost always' || before === 0;
};

const through = async (run: Run, send: () => ReturnType<Handle>, request: Sent): ReturnType<Handle> => {
  if (run.over) return never();
  const id = request.headers['amz-sdk-invocation-id'] ?? '';
  if (!run.calls.has(id)) run.calls.set(id, nameOf(request));
  const isHit = [...run.calls.keys()].indexOf(id) === run.plan?.at;
  const answer = await send();
  if (run.over) return never();
  if (!isHit || !isLost(run, id)) return answer;
  answer.response.body?.resume?.();
  if (run.plan?.fault !== 'process ends') throw lost();
  run.over = true;
  run.ended.resolve('ended');
  return never();
};

/**
 * Makes the calls to AWS fail that a piece of code makes, and nobody else's: every client of the SDK has the same kind of
 * handler for its HTTP requests, and what runs behind `run` is known by its asynchronous context.
 */
export const faultyCalls = () => {
  const runs = new AsyncLocalStorage<Run>();
  const client = new DynamoDBClient({ region: 'us-east-1' });
  const handlers: { handle: Handle } = Object.getPrototypeOf(client.config.requestHandler);
  const { handle } = handlers;
  handlers.handle = function (this: object, request, options) {
    const run = runs.getStore();
    const send = () => handle.call(this, request, options);
    return run === undefined ? send() : through(run, send, request);
  };

  return {
    /** @returns what the code gives, or `ended`; the names of the calls that were made up to then; whether one was hit */
    run: async <Answer>(code: () => Promise<Answer>, plan?: Plan) => {
      const ended = Promise.withResolvers<'ended'>();
      const run: Run = { plan, calls: new Map(), losses: new Map(), ended, over: false };
      const answer = await Promise.race([runs.run(run, code), ended.promise]);
      return { answer, calls: [...run.calls.values()], isHit: run.losses.size > 0 };
    },
    restore: (): void => {
      handlers.handle = handle;
    },
  };
};

export type FaultyCalls = ReturnType<typeof faultyCalls>;
