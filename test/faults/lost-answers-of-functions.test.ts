import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { eventStore } from '#adapters/event-store.ts';
import { lambdaContext } from '#test/runtime/events.ts';
import { changesNothing, type FaultyCalls, faultyCalls, type Plan, plansFor } from './faulty-calls.ts';
import { orphansAfterADay } from './ownership.ts';
import { type RunningService, runningService } from './running-service.ts';
import { addInstaller, addRelease, type FunctionName, type Step, steps } from './steps.ts';

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
  await addInstaller(service, process.env.INSTALLER_IMAGE_DIR ?? '');
  calls = faultyCalls();
});

afterAll(() => calls.restore());

const invoke = (name: FunctionName, event: object) => handlers[name](event, lambdaContext(25_000));

const given = (step: Step) => step.given({ service, run: (event) => invoke('iso', event) });

/** Names of the events that the infra-env of a step has. */
const eventsOf = async (event: object): Promise<string[]> => {
  const { infra_env_id } = z.looseObject({ infra_env_id: z.string().optional() }).parse(event);
  if (infra_env_id === undefined) return [];
  return (await eventStore(service.table).ofInfraEnv(infra_env_id)).map(({ name }) => name);
};

/** What the state machine sees: of the invocation that is hit, and of its retry; and the events in between. */
const hit = async (step: Step, plan: Plan) => {
  const event = await given(step);
  const { answer: told } = await calls.run(() => invoke(step.of, event).catch(() => 'failed'), plan);
  const events = await eventsOf(event);
  return { told, events, toldAgain: await invoke(step.of, event) };
};

it.each(Object.entries(steps))('%s, whichever call to AWS loses its answer', async (_, step) => {
  const event = await given(step);
  const { answer, calls: made } = await calls.run(() => invoke(step.of, event));
  expect(answer).toMatchObject(step.answer);
  const recorded = await eventsOf(event);
  const last = step.until === undefined ? made.length : made.findIndex((call) => step.until?.test(call));
  const isHit = ({ at }: Plan) => at <= last && !(step.readsAsAnother && changesNothing(made[at] ?? ''));
  const plans = plansFor(made).filter(isHit);
  expect(plans).not.toEqual([]);
  for (const plan of plans) {
    const { told, events, toldAgain } = await hit(step, plan);
    const place = `${made[plan.at]} (${plan.at}), ${plan.fault}`;
    const isSilent = plan.fault !== 'answer lost once' && (told === 'failed' || told === 'ended');
    if (!isSilent) expect(told, place).toMatchObject(step.answer);
    if (plan.fault === 'answer lost once') expect(events, `events after ${place}`).toEqual(recorded);
    expect(toldAgain, `again after ${place}`).toMatchObject(step.answer);
  }
  expect(await orphansAfterADay(service)).toEqual([]);
});
