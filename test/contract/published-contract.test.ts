import { describe, expect, it } from 'vitest';
import { type Route, routes } from '#contract/route-table.ts';
import { listedDifferences } from '#test/docs/compatibility-rows.ts';
import { aRelease } from '#test/fakes/records.ts';
import { memoryStores } from '#test/fakes/stores.ts';
import { type Call, newCluster, newInfraEnv, registerCluster, world } from '#test/functions/api/world.ts';
import { serve as serveDownloads } from '#test/functions/downloads/served.ts';
import { changesNothing, isRefusedByRule } from './original-rules.ts';
import { type Probe, probesOf, withValue } from './probes.ts';
import { type PublishedOperation, publishedOperations } from './published-contract.ts';
import { parameterSamples, sampleOf } from './samples.ts';
import { isShown } from './shown.ts';

type Body = Readonly<Record<string, unknown>>;

const { serve } = await world();
const call: Call = serve(memoryStores(['4.20.3', '4.21.0'].map((version) => aRelease(version))));
const downloads = serveDownloads({ generated: true });

const requestOf = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;

const routeOf = (operation: PublishedOperation): Route | undefined =>
  Object.values<Route>(routes).find((route) => requestOf(route) === requestOf(operation));

/** Those that are offered and not only there to refuse. */
const served = publishedOperations.filter(
  (operation) =>
    routeOf(operation) !== undefined && !requestOf(operation).startsWith('POST /v2/infra-envs/{infra_env_id}/hosts'),
);

const manifest = { folder: 'manifests', file_name: 'a.json', content: Buffer.from('{}').toString('base64') };

/** What the body of an operation needs beside the property that is sent. */
const bases: Readonly<Record<string, Body>> = {
  'POST /v2/clusters': newCluster,
  'POST /v2/clusters/disconnected': { name: 'edge', openshift_version: '4.20' },
  'POST /v2/infra-envs': newInfraEnv(undefined),
  'POST /v2/clusters/{cluster_id}/manifests': manifest,
  'PATCH /v2/clusters/{cluster_id}/manifests': { folder: 'manifests', file_name: 'a.json' },
};

const isVip = (property: string): boolean => /^(api|ingress)_vips/.test(property);

/** The record that the path names, as it is before the property is sent. */
const newTarget = async (request: string, property: string): Promise<string> => {
  if (request.includes('{infra_env_id}')) {
    const fields = { ...newInfraEnv(undefined), cluster_id: await registerCluster(call) };
    return (await call('POST', '/v2/infra-envs', fields)).body.id;
  }
  const fields = isVip(property) ? { machine_networks: [{ cidr: '192.0.2.0/24' }] } : {};
  const { id } = (await call('POST', '/v2/clusters', { ...newCluster, ...fields })).body;
  await call('POST', `/v2/clusters/${id}/manifests`, manifest);
  return id;
};

const pathOf = async (operation: PublishedOperation, property: string): Promise<string> => {
  const { path } = operation;
  const target = /\{(cluster|infra_env)_id\}/.test(path) ? await newTarget(requestOf(operation), property) : '';
  return path
    .replace(/\{(cluster|infra_env)_id\}/, target)
    .replace('{operator_name}', 'lso')
    .replace('{id}', 'virtualization');
};

/** What depends on a record that is there. */
const boundSample = async (request: string, property: string): Promise<Body | undefined> => {
  const bound = async () => (request.startsWith('POST') ? { cluster_id: await registerCluster(call) } : {});
  if (property === 'cluster_id' && request === 'POST /v2/infra-envs') return bound();
  if (property !== 'rendezvous_ip') return undefined;
  return { ...(await bound()), image_type: 'disconnected-iso', rendezvous_ip: '192.0.2.10' };
};

const sampleFor = async (request: string, property: string): Promise<Body> => {
  const sample = (await boundSample(request, property)) ?? sampleOf(request, property);
  if (sample === undefined) throw new Error(`no sample of ${property} for ${request}`);
  const { machine_networks: _, ...rest } = sample;
  // A registered cluster has the machine network already.
  return isVip(property) && request.startsWith('PATCH') ? rest : sample;
};

/** Alone, or with what it cannot do without. */
const bodyOf = async (request: string, { property, kind, value }: Probe): Promise<Body> => {
  const base = bases[request] ?? {};
  const isMember = /[.[]/.test(property);
  const sample = await sampleFor(request, property);
  if (kind === 'valid') return { ...base, ...sample };
  return withValue(isMember ? { ...base, ...sample } : base, property, value) as Body;
};

const sendInBody = async (operation: PublishedOperation, probe: Probe): Promise<string> => {
  const request = requestOf(operation);
  const sent = await bodyOf(request, probe);
  const { status, body } = await call(operation.method, await pathOf(operation, probe.property), sent);
  if (Number(status) >= 400) return /unknown field/.test(body.message ?? '') ? 'unknown' : 'refused';
  const name = probe.property.replace(/[.[].*$/, '');
  const mustShow = probe.kind === 'valid' && !changesNothing.includes(name) && !operation.path.endsWith('/manifests');
  return mustShow && !isShown(body, name, sent[name]) ? 'ignored' : 'taken';
};

type Query = Readonly<Record<string, string>>;

const ask = async (operation: PublishedOperation, query: Query) => {
  const [, file] = /^\/v2\/infra-envs\/.*\/downloads\/(files|files-presigned)$/.exec(operation.path) ?? [];
  if (file === 'files' || file === 'files-presigned') return downloads.get(file, query);
  return call(operation.method, `${await pathOf(operation, '')}?${new URLSearchParams(query)}`);
};

const sendInQuery = async (operation: PublishedOperation, { property, value }: Probe): Promise<string> => {
  const needed = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query' && parameter.required);
  const others = needed.map(({ name, enum: [first = 'a.json'] = [] }) => [name, parameterSamples[name] ?? first]);
  const query = { ...Object.fromEntries(others), [property.replace(/=.*$/, '')]: String(value) };
  return (await ask(operation, query)).status === 400 ? 'refused' : 'taken';
};

const observed = async (operation: PublishedOperation): Promise<readonly string[]> => {
  const request = requestOf(operation);
  const seen: string[] = [];
  for (const probe of probesOf(operation, parameterSamples)) {
    const { place, property, kind } = probe;
    const expected = isRefusedByRule(request, property, kind) ? 'refused' : probe.expected;
    const outcome = await (place === 'body' ? sendInBody : sendInQuery)(operation, probe);
    if (outcome !== expected) seen.push(`${property} ${kind}: ${outcome}`);
  }
  return seen;
};

const listedOf = (request: string): readonly string[] =>
  listedDifferences
    .filter((difference) => difference.request === request)
    .map(({ property, kind, outcome }) => `${property} ${kind}: ${outcome}`);

describe('of the published contract, every property and parameter alone, in every way that it can be sent,', () => {
  it.each(served.map((operation) => [requestOf(operation), operation] as const))(
    'does in %s what the original does, or what compatibility.md says instead',
    async (request, operation) => {
      expect((await observed(operation)).toSorted()).toEqual(listedOf(request).toSorted());
    },
  );

  it('differs in nothing that is not offered', () => {
    const requests = served.map(requestOf);
    expect(listedDifferences.filter(({ request }) => !requests.includes(request))).toEqual([]);
    expect(listedDifferences.length).toBeGreaterThan(10);
  });
});
