import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { newEvent } from '#domain/event.ts';
import { newInfraEnv, registerCluster, world } from './world.ts';

const { serve, dependencies } = await world();
const call = serve();

let clusterId = '';
let infraEnvId = '';

/** One event of the registration of the cluster, two more of it, the last of them an error that names the infra-env. */
beforeAll(async () => {
  clusterId = await registerCluster(call);
  infraEnvId = (await call('POST', '/v2/infra-envs', newInfraEnv(undefined))).body.id;
  const { clock, newId, events } = dependencies;
  await events.add(newEvent('proxy_settings_changed', { id: newId(), now: clock(), clusterId }));
  const properties = { revision: 1, error: 'Some Reason' };
  await events.add(
    newEvent('ignition_generation_failed', { id: newId(), now: clock(), clusterId, infraEnvId, properties }),
  );
});

const [registered, changed, failed] = [
  'cluster_registration_succeeded',
  'proxy_settings_changed',
  'ignition_generation_failed',
];

const ask = async (query: string) => {
  const filled = query
    .replace('{cluster}', clusterId)
    .replace('{infra-env}', infraEnvId)
    .replace('{host}', randomUUID());
  const { status, headers, body } = await call('GET', `/v2/events?${filled}`);
  return { status, headers, body, names: Array.isArray(body) ? body.map(({ name }: { name: string }) => name) : [] };
};

describe('the events of a cluster', () => {
  it.each([
    ['', [registered, changed, failed]],
    ['&order=ascending', [registered, changed, failed]],
    ['&order=descending', [failed, changed, registered]],
    ['&limit=2', [registered, changed]],
    ['&limit=2&offset=1', [changed, failed]],
    ['&limit=1&order=descending', [failed]],
    ['&limit=0', []],
    ['&limit=-1', [registered, changed, failed]],
    ['&limit=-7', [registered, changed, failed]],
    ['&offset=3', []],
    ['&severities=error', [failed]],
    ['&severities=info,error', [registered, changed, failed]],
    ['&severities=critical', []],
    ['&message=PROXY', [changed]],
    ['&message=some%20reason', [failed]],
    ['&message=nothing', []],
    ['&categories=user', [registered, changed, failed]],
    ['&categories=metrics', []],
    ['&categories=metrics,user', [registered, changed, failed]],
    ['&cluster_level=true', [registered, changed, failed]],
    ['&cluster_level=true&deleted_hosts=true', [registered, changed, failed]],
    ['&cluster_level=false', [registered, changed, failed]],
    ['&deleted_hosts=false', [registered, changed, failed]],
    ['&deleted_hosts=true', []],
    ['&host_ids={host}', []],
    ['&host_id={host}', []],
    ['&host_ids={host}&cluster_level=true', [registered, changed, failed]],
    ['&infra_env_id={infra-env}', [registered, changed, failed]],
  ])('with "%s"', async (query, expected) => {
    expect((await ask(`cluster_id={cluster}${query}`)).names).toEqual(expected);
  });

  it.each([
    ['', { count: 3, info: 2, error: 1 }],
    ['&limit=0', { count: 3, info: 2, error: 1 }],
    ['&limit=1&offset=1', { count: 3, info: 2, error: 1 }],
    ['&severities=error', { count: 1, info: 2, error: 1 }],
    ['&message=proxy', { count: 1, info: 1, error: 0 }],
    ['&categories=metrics', { count: 0, info: 0, error: 0 }],
  ])('with "%s" are counted before the page, their severities before the choice of them', async (query, counts) => {
    const { headers } = await ask(`cluster_id={cluster}${query}`);
    expect(headers).toMatchObject({
      'event-count': String(counts.count),
      'severity-count-info': String(counts.info),
      'severity-count-warning': '0',
      'severity-count-error': String(counts.error),
      'severity-count-critical': '0',
    });
  });

  it('have the times of the published API', async () => {
    const [event] = (await ask('cluster_id={cluster}')).body;
    expect(event).toMatchObject({
      cluster_id: clusterId,
      severity: 'info',
      event_time: expect.stringMatching(/\.\d{3}Z$/),
    });
  });
});

describe('the events of an infra-env', () => {
  it.each([
    ['', ['infra_env_registered', failed]],
    ['&message=nothing', ['infra_env_registered', failed]],
    ['&severities=error', [failed]],
    ['&host_ids={host}', []],
  ])('with "%s"', async (query, expected) => {
    const { names, headers } = await ask(`infra_env_id={infra-env}${query}`);
    expect(names).toEqual(expected);
    expect(headers).toMatchObject({ 'event-count': String(expected.length) });
    expect(headers).not.toHaveProperty('severity-count-info');
  });
});

describe('events of nothing', () => {
  it.each(['', 'host_ids={host}', 'cluster_id={host}', 'infra_env_id={host}'])('("%s") are none', async (query) => {
    expect(await ask(query)).toMatchObject({ status: 200, body: [], headers: { 'event-count': '0' } });
  });
});

describe('a wrong parameter', () => {
  it.each([
    ['cluster_id=abc', 'cluster_id in query must be of type uuid: "abc"'],
    ['limit=many', 'limit in query must be of type int64: "many"'],
    ['order=random', 'order in query should be one of [ascending descending]'],
    ['severities=info,bad', 'severities.1 in query should be one of [info warning error critical]'],
    [`host_ids=${randomUUID()},abc`, 'host_ids.1 in query must be of type uuid: "abc"'],
    ['cluster_level=maybe', 'cluster_level in query must be of type bool: "maybe"'],
  ])('%s is refused', async (query, message) => {
    expect(await ask(query)).toMatchObject({ status: 400, body: { code: 400, message } });
  });
});
