import { describe, expect, it } from 'vitest';
import { afterCommit } from '#functions/api/after-commit.ts';
import type { Dependencies } from '#functions/api/api-dependencies.ts';
import {
  type Call,
  eventNames,
  newCluster,
  newInfraEnv,
  pullSecret,
  registerCluster,
  type World,
  world,
} from './world.ts';

const { dependencies, logger, serve }: World = await world();
const call = serve();

const broken = () => Promise.reject(new Error('the write got no answer'));
const withoutEvents: Partial<Dependencies> = { events: { ...dependencies.events, add: broken } };
const withoutProlonging: Partial<Dependencies> = { clusters: { ...dependencies.clusters, extend: broken } };

interface Subject {
  readonly clusterId: string;
  readonly infraEnvId: string;
}

/** An operation, what success is, and what follows its write. */
interface Operation {
  readonly name: string;
  readonly status: number;
  readonly follows: readonly ('event' | 'prolonging')[];
  readonly run: (failing: Call, subject: Subject) => ReturnType<Call>;
}

const content = Buffer.from('kind: Namespace\n').toString('base64');

const operations: readonly Operation[] = [
  {
    name: 'registering a cluster',
    status: 201,
    follows: ['event'],
    run: (failing) => failing('POST', '/v2/clusters', newCluster),
  },
  {
    name: 'changing the proxy of a cluster',
    status: 201,
    follows: ['event'],
    run: (failing, { clusterId }) =>
      failing('PATCH', `/v2/clusters/${clusterId}`, { http_proxy: 'http://proxy.example.org' }),
  },
  {
    name: 'overriding an install-config',
    status: 201,
    follows: ['event'],
    run: (failing, { clusterId }) => failing('PATCH', `/v2/clusters/${clusterId}/install-config`, '{"fips":true}'),
  },
  {
    name: 'writing a manifest',
    status: 201,
    follows: ['prolonging'],
    run: (failing, { clusterId }) =>
      failing('POST', `/v2/clusters/${clusterId}/manifests`, { file_name: 'a.yaml', content }),
  },
  {
    name: 'deleting a manifest',
    status: 200,
    follows: ['prolonging'],
    run: (failing, { clusterId }) => failing('DELETE', `/v2/clusters/${clusterId}/manifests?file_name=a.yaml`),
  },
  {
    name: 'keeping UI settings',
    status: 200,
    follows: ['prolonging'],
    run: (failing, { clusterId }) => failing('PUT', `/v2/clusters/${clusterId}/ui-settings`, 'step 2'),
  },
  {
    name: 'registering an infra-env',
    status: 201,
    follows: ['event', 'prolonging'],
    run: (failing, { clusterId }) => failing('POST', '/v2/infra-envs', newInfraEnv(clusterId)),
  },
  {
    name: 'changing an infra-env',
    status: 201,
    follows: ['prolonging'],
    run: (failing, { infraEnvId }) =>
      failing('PATCH', `/v2/infra-envs/${infraEnvId}`, { ntp_sources: 'ntp.example.org' }),
  },
  {
    name: 'changing the pull secret of an infra-env',
    status: 201,
    follows: ['prolonging'],
    run: (failing, { infraEnvId }) => failing('PATCH', `/v2/infra-envs/${infraEnvId}`, { pull_secret: pullSecret }),
  },
  {
    name: 'deleting an infra-env',
    status: 204,
    follows: ['event'],
    run: (failing, { infraEnvId }) => failing('DELETE', `/v2/infra-envs/${infraEnvId}`),
  },
  {
    name: 'deleting a cluster',
    status: 204,
    follows: ['event'],
    run: (failing, { clusterId }) => failing('DELETE', `/v2/clusters/${clusterId}`),
  },
];

const subject = async (): Promise<Subject> => {
  const clusterId = await registerCluster(call);
  const { body } = await call('POST', '/v2/infra-envs', newInfraEnv(clusterId, { image_type: 'full-iso' }));
  return { clusterId, infraEnvId: body.id };
};

const problems = () => logger.lines.filter(({ level }) => level !== 'info');

/** Runs an operation while something fails. @returns its status and how many lines of the log speak of a problem */
const outcome = async ({ run }: Operation, replaced: Partial<Dependencies>) => {
  const given = await subject();
  const before = problems().length;
  const { status } = await run(serve(replaced), given);
  return { status, problems: problems().length - before };
};

describe('the success of a write', () => {
  it.each(operations)('stands when no event of it can be written: $name', async (operation) => {
    const lines = operation.follows.includes('event') ? 1 : 0;
    expect(await outcome(operation, withoutEvents)).toEqual({ status: operation.status, problems: lines });
  });

  it.each(operations)('stands when its cluster cannot be prolonged: $name', async (operation) => {
    const lines = operation.follows.includes('prolonging') ? 1 : 0;
    expect(await outcome(operation, withoutProlonging)).toEqual({ status: operation.status, problems: lines });
  });

  it('is contradicted by no event', async () => {
    const clusterId = await registerCluster(call);
    await serve(withoutProlonging)('POST', '/v2/infra-envs', newInfraEnv(clusterId));
    const names = await eventNames(call, `cluster_id=${clusterId}`);
    expect(names).toContain('infra_env_registered');
    expect(names).not.toContain('infra_env_registration_failed');
  });

  it('stands when the manifests of an old cluster cannot be renewed', async () => {
    const cluster = await dependencies.clusters.get(await registerCluster(call));
    if (cluster === undefined) throw new Error('the cluster is not stored');
    const manifests = { ...dependencies.manifests, renew: broken };
    const before = problems().length;
    const longAgo = '2020-01-01T00:00:00.000Z';
    await afterCommit({ ...dependencies, manifests }).keepManifests({ ...cluster, createdAt: longAgo });
    expect(problems()).toHaveLength(before + 1);
  });
});

describe('a registration whose answer could not be made', () => {
  it('has stored nothing', async () => {
    const clusterId = await registerCluster(call);
    const { status } = await serve({ linkToImage: broken })('POST', '/v2/infra-envs', newInfraEnv(clusterId));
    expect(status).toBe(500);
    expect(await eventNames(call, `cluster_id=${clusterId}`)).toContain('infra_env_registration_failed');
    expect((await call('GET', `/v2/infra-envs?cluster_id=${clusterId}`)).body).toEqual([]);
  });
});
