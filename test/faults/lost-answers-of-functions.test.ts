import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { lambdaContext } from '#test/runtime/events.ts';
import { changesNothing, type FaultyCalls, faultyCalls, type Plan, plansFor } from './faulty-calls.ts';
import { orphansAfterADay } from './ownership.ts';
import { type RunningService, runningService } from './running-service.ts';
import { addRelease, type FunctionName, type Step, steps } from './steps.ts';

type Handler = (event: object, context: ReturnType<typeof lambdaContext>) => Promise<unknown>;

let service: RunningService;
let calls: FaultyCalls;
let handlers: Readonly<Record<FunctionName, Handler>>;

beforeAll(async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  service = await runningService(async () => ({}));
  vi.stubEnv('SERVICE_BASE_URL', 'https://service.example');
  // No program judges here: this is about what is asked of AWS.
  vi.stubEnv('PATH', '/nowhere');
  const { handler: ignition } = await import('#functions/ignition/handler.ts');
  const { handler: iso } = await import('#functions/iso/handler.ts');
  handlers = { ignition: ignition as Handler, iso: iso as Handler };
  await addRelease(service);
  calls = faultyCalls();
});

afterAll(() => calls.restore());

const invoke = (name: FunctionName, event: object) => handlers[name](event, lambdaContext(25_000));

const given = (step: Step) => step.given({ service, run: (event) => invoke('iso', event) });

/** What the state machine sees: of the invocation that is hit, and of its retry. */
const hit = async (step: Step, plan: Plan) => {
  const event = await given(step);
  const { answer: told } = await calls.run(() => invoke(step.of, event).catch(() => 'failed'), plan);
  return { told, toldAgain: await invoke(step.of, event) };
};

it.each(Object.entries(steps))('%s, whichever call to AWS loses its answer', async (_, step) => {
  const event = await given(step);
  const { answer, calls: made } = await calls.run(() => invoke(step.of, event));
  expect(answer).toMatchObject(step.answer);
  const plans = plansFor(made).filter(({ at }) => !(step.readsAsPlan && changesNothing(made[at] ?? '')));
  for (const plan of plans) {
    const { told, toldAgain } = await hit(step, plan);
    const place = `${made[plan.at]} (${plan.at}), ${plan.fault}`;
    const isSilent = plan.fault !== 'answer lost once' && (told === 'failed' || told === 'ended');
    if (!isSilent) expect(told, place).toMatchObject(step.answer);
    expect(toldAgain, `again after ${place}`).toMatchObject(step.answer);
  }
  expect(await orphansAfterADay(service)).toEqual([]);
});
