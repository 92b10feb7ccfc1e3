import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { releaseStore } from '#adapters/release-store.ts';
import { type OperationId, routes } from '#contract/route-table.ts';
import { aRelease } from '#test/fakes/records.ts';
import { httpEvent, lambdaContext } from '#test/runtime/events.ts';
import { type Fault, type FaultyCalls, faultyCalls, type Plan, plansFor } from './faulty-calls.ts';
import {
  others,
  type Part,
  type Request,
  readParts,
  reads,
  readsOfTheirOwn,
  type Subject,
  writes,
} from './operations.ts';
import { orphansAfterADay } from './ownership.ts';
import { type RunningService, runningService } from './running-service.ts';
import { storeSubject } from './subjects.ts';

const adminKubeconfig = 'apiVersion: v1\nkind: Config\nclusters: []\n';
const layout = { volumeId: 'v', volumeSize: 1, ignition: { offset: 0, length: 1 } };
const baseIso = { key: 'isos/4.20.3/base.iso', size: 1, etag: '"e"', layout, addedAt: '2026-01-01T00:00:00.000Z' };

let service: RunningService;
let calls: FaultyCalls;

beforeAll(async () => {
  // Neither the SDK nor a handler waits before it tries again.
  vi.spyOn(Math, 'random').mockReturnValue(0);
  service = await runningService(async () => ({
    networks: [],
    admin_files: { kubeconfig: adminKubeconfig, 'kubeadmin-password': 'a-b-c-d' },
  }));
  await releaseStore(service.table).add(aRelease('4.20.3', { baseIso }));
  calls = faultyCalls();
});

afterAll(() => calls.restore());

const routeOf = (operation: string) => routes[operation.split(',')[0] as OperationId];

const send = async (operation: string, { query, body, ...request }: Request): Promise<number> => {
  const event = httpEvent({
    ...request,
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await service.functions[routeOf(operation).function](event, lambdaContext(25_000));
  return (answer as { statusCode: number }).statusCode;
};

interface Case {
  readonly operation: string;
  readonly request: (subject: Subject) => Request;
  readonly on: readonly Part[];
}

/** What a client sees: of the request that is hit, and of the same one sent again. */
const hit = async ({ operation, request, on }: Case, plan: Plan) => {
  const subject = await storeSubject(service, on);
  const { answer: told, isHit } = await calls.run(() => send(operation, request(subject)), plan);
  return { told, toldAgain: await send(operation, request(subject)), isHit };
};

/** Nothing but a success, or that nobody knows: no refusal of a request that is good. */
const isTrue = (told: number | 'ended', success: number, fault: Fault): boolean =>
  told === success || (fault !== 'answer lost once' && (told === 'ended' || told >= 500));

const callsOf = async ({ operation, request, on }: Case): Promise<string[]> => {
  const subject = await storeSubject(service, on);
  const { answer, calls: made } = await calls.run(() => send(operation, request(subject)));
  expect(answer).toBe(routeOf(operation).status);
  return made;
};

describe('what the API writes, or reads as no other, whichever call to AWS loses its answer', () => {
  it.each(Object.entries({ ...writes, ...readsOfTheirOwn }))('%s', async (operation, { again, ...row }) => {
    const success = routeOf(operation).status;
    const given = { operation, ...row };
    const found: string[] = [];
    const made = await callsOf(given);
    for (const plan of plansFor(made)) {
      const { told, toldAgain } = await hit(given, plan);
      const isGood = isTrue(told, success, plan.fault) && [success, again].includes(toldAgain);
      if (!isGood) found.push(`${made[plan.at]} (${plan.at}), ${plan.fault}: ${told}, then ${toldAgain}`);
    }
    expect(found).toEqual([]);
    expect(await orphansAfterADay(service)).toEqual([]);
  });
});

describe('a read of the API, whichever call to AWS loses its answer', () => {
  it.each(Object.entries(reads))('%s', async (operation, request) => {
    const success = routeOf(operation).status;
    const given = { operation, request, on: readParts };
    for (const plan of plansFor(await callsOf(given))) {
      const { told, toldAgain, isHit } = await hit(given, plan);
      // What was read a moment ago is remembered, and not asked for again.
      if (isHit) expect(told).toBeGreaterThanOrEqual(500);
      expect(toldAgain).toBe(success);
    }
  });
});

it('covers every operation of the API', () => {
  const covered = [
    ...Object.keys(writes).map((name) => name.split(',')[0]),
    ...Object.keys(reads),
    ...Object.keys(readsOfTheirOwn),
    ...others,
  ];
  expect([...new Set(covered)].toSorted()).toEqual(Object.keys(routes).toSorted());
});
