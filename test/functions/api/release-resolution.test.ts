import { describe, expect, it } from 'vitest';
import { aRelease } from '#test/fakes/records.ts';
import { newCluster, newInfraEnv, world } from './world.ts';

const { serve, dependencies } = await world();
const call = serve();
const image = (name: string) => `quay.io/openshift-release-dev/ocp-release@sha256:${name}`;

// Beside 4.20.1, 4.20.3 and 4.21.0 for x86_64.
for (const [version, cpuArchitectures, name] of [
  ['4.20.3', ['arm64'], 'a3'],
  ['4.20.12', ['arm64'], 'a12'],
  ['4.19.4', ['x86_64', 'arm64', 'ppc64le', 's390x'], 'm4'],
  ['4.18.1', ['arm64'], 'a1'],
] as const) {
  await dependencies.releases.add(aRelease(version, { cpuArchitectures, releaseImage: image(name) }));
}

const registered = async (fields: object) => (await call('POST', '/v2/clusters', { ...newCluster, ...fields })).body;

const disconnected = async (openshift_version: string): Promise<string> =>
  (await call('POST', '/v2/clusters/disconnected', { name: 'edge', openshift_version })).body.id;

const bound = (id: string, fields: object = {}) => call('POST', '/v2/infra-envs', newInfraEnv(id, fields));

describe('a cluster', () => {
  it.each([
    ['4.20', undefined, '4.20.3', 'x86_64'],
    ['4.20', 'arm64', '4.20.12', 'arm64'],
    ['4.20.3', 'aarch64', '4.20.3', 'arm64'],
    ['4.20.3', undefined, '4.20.3', 'x86_64'],
    ['4.20.12', undefined, '4.20.12', 'arm64'],
    ['4.19.4-multi', undefined, '4.19.4', 'multi'],
    ['4.19', 'x86_64', '4.19.4', 'multi'],
    ['4.18', undefined, '4.18.1', 'arm64'],
  ])('of %s for %s is of %s for %s', async (openshift_version, cpu_architecture, version, architecture) => {
    const cluster = await registered({ openshift_version, cpu_architecture });
    expect(cluster).toMatchObject({ openshift_version: version, cpu_architecture: architecture });
  });

  it('may choose its release by the release image, and no image that no release has', async () => {
    const ofImage = (name: string) => registered({ openshift_version: '4.20.3', ocp_release_image: image(name) });
    expect(await ofImage('a3')).toMatchObject({ cpu_architecture: 'arm64', ocp_release_image: image('a3') });
    expect((await ofImage('a12')).reason).toContain(
      'ocp_release_image in body is the release image of 4.20.12 (arm64)',
    );
    expect((await ofImage('00')).reason).toContain('ocp_release_image in body is not the release image of a known');
  });

  it.each(['4.20.3-multi', '4.20-multi'])('of %s is refused without such a payload', async (openshift_version) => {
    for (const path of ['/v2/clusters', '/v2/clusters/disconnected']) {
      const fields = path.endsWith('disconnected')
        ? { name: 'edge', openshift_version }
        : { ...newCluster, openshift_version };
      expect(await call('POST', path, fields)).toMatchObject({
        status: 400,
        body: { reason: expect.stringContaining(`Openshift version ${openshift_version} for`) },
      });
    }
  });
});

describe('a cluster that only names a version', () => {
  it.each([
    ['4.20', undefined, '4.20.3', 'x86_64'],
    ['4.20', 'x86_64', '4.20.3', 'x86_64'],
    ['4.20', 'aarch64', '4.20.3', 'arm64'],
    ['4.20.12', undefined, '4.20.12', 'arm64'],
    ['4.20.3', 'arm64', '4.20.3', 'arm64'],
    ['4.18', undefined, '4.18.1', 'arm64'],
  ])('%s, with an infra-env for %s, is of %s for %s', async (version, cpu_architecture, expected, architecture) => {
    const id = await disconnected(version);
    const { status, body } = await bound(id, { cpu_architecture });
    expect(status).toBe(201);
    expect(body).toMatchObject({ openshift_version: expected, cpu_architecture: architecture });
    expect((await call('GET', `/v2/clusters/${id}`)).body.openshift_version).toBe(expected);
  });

  it('gets the newest of its line for the architecture of its first infra-env, and keeps it', async () => {
    await dependencies.releases.add(aRelease('4.17.2', { releaseImage: image('x2') }));
    await dependencies.releases.add(aRelease('4.17.1', { cpuArchitectures: ['arm64'], releaseImage: image('a1') }));
    const id = await disconnected('4.17');
    expect((await call('GET', `/v2/clusters/${id}`)).body.openshift_version).toBe('4.17.2');
    expect((await bound(id, { cpu_architecture: 'arm64' })).body.openshift_version).toBe('4.17.1');
    expect((await call('GET', `/v2/clusters/${id}`)).body).toMatchObject({
      openshift_version: '4.17.1',
      ocp_release_image: image('a1'),
    });
    expect((await bound(id, { cpu_architecture: 'x86_64' })).body.reason).toBe(
      "Specified CPU architecture (x86_64) doesn't match the cluster (arm64)",
    );
  });

  it('of two infra-envs at once settles for one of them', async () => {
    const id = await disconnected('4.17');
    const answers = await Promise.all(['arm64', 'x86_64'].map((cpu_architecture) => bound(id, { cpu_architecture })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 400]);
  });
});

describe('an infra-env', () => {
  it.each([
    ['4.20', undefined, '4.20.3', 'x86_64'],
    ['4.20', 'arm64', '4.20.12', 'arm64'],
    ['4.20.12', undefined, '4.20.12', 'arm64'],
  ])(
    'of no cluster, of %s for %s, is of %s for %s',
    async (openshift_version, cpu_architecture, version, architecture) => {
      const { body } = await call(
        'POST',
        '/v2/infra-envs',
        newInfraEnv(undefined, { openshift_version, cpu_architecture }),
      );
      expect(body).toMatchObject({ openshift_version: version, cpu_architecture: architecture });
    },
  );

  it("may name the payload for all architectures only if it is its cluster's", async () => {
    const [{ id: multi }, { id: single }] = [await registered({ openshift_version: '4.19' }), await registered({})];
    const patch = async (id: string, version: string) => {
      const { body } = await bound(id, { image_type: 'full-iso' });
      return (await call('PATCH', `/v2/infra-envs/${body.id}`, { openshift_version: version })).status;
    };
    expect(await patch(multi, '4.19.4-multi')).toBe(201);
    expect(await patch(single, '4.20.3-multi')).toBe(400);
    expect((await bound(multi, { openshift_version: '4.19-multi' })).status).toBe(201);
    expect((await bound(single, { openshift_version: '4.20-multi' })).status).toBe(400);
  });
});

it('both releases of one version are listed under its name', async () => {
  const { body } = await call('GET', '/v2/openshift-versions');
  expect(body['4.20.3'].cpu_architectures).toEqual(['x86_64', 'arm64']);
});
