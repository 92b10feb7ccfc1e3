import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it } from 'vitest';
import { s3 } from '#adapters/s3-client.ts';
import { ignitionKey } from '#domain/infra-env/artifact.ts';
import { startLocal } from '#local/local-stack.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { expectCarried } from '#test/scenarios/carried.ts';
import { client, createBoth, download, pullSecret, sshKey } from '#test/scenarios/client.ts';
import type { Landing } from '#test/scenarios/landing.ts';
import { landings } from '#test/scenarios/setting-samples.ts';
import { expectTokensVerified } from '#test/scenarios/tokens.ts';

const { OPENSHIFT_INSTALL: installer } = process.env;
if (installer === undefined) throw new Error('name a real binary: OPENSHIFT_INSTALL=/path/to/openshift-install');

const dataDir = join(await sharedFolder(), 'data');
const start = () => startLocal({ dataDir, port: 0, installers: [installer] });
let stack = await start();
afterAll(() => stack.close());
const api = () => client(stack.url);

const version = stack.releases[0]?.version ?? '';
const sshKeys = [sshKey('one'), sshKey('two')];

/** A real binary has static networks worked out by nmstatectl, which only some distributions have. */
const hasNmstatectl = (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, 'nmstatectl')));
const isNetworked = ({ given }: Landing): boolean => given.static_network_config !== undefined;

const expectLanding = async ({ given, cleared, look, expected, absent }: Landing): Promise<void> => {
  const { infraEnvId } = await createBoth(api(), version);
  const before = await download(api(), infraEnvId);
  expect(look(before.text)).toEqual(absent);
  expect((await api().patch(`/v2/infra-envs/${infraEnvId}`, given)).status).toBe(201);
  const { text } = await download(api(), infraEnvId);
  expect(look(text)).toEqual(expected);
  expectTokensVerified(text);
  expect((await api().patch(`/v2/infra-envs/${infraEnvId}`, cleared)).status).toBe(201);
  expect((await download(api(), infraEnvId)).text).toBe(before.text);
};

describe(`the ignition of a real openshift-install ${version}`, () => {
  it('carries the settings, and is the same bytes when it is generated again', async () => {
    const { infraEnvId } = await createBoth(api(), version, { ssh_authorized_key: sshKeys.join('\n') });
    const { text } = await download(api(), infraEnvId);
    expectCarried(text, { infraEnvId, sshKeys, login: 'user:password' });
    expectTokensVerified(text);

    const Key = ignitionKey({ id: infraEnvId, revision: 1 });
    await s3().send(new DeleteObjectCommand({ Bucket: stack.artifactsBucket, Key }));
    // A link to the first one is remembered for a while by the running function.
    await stack.close();
    stack = await start();
    expect((await download(api(), infraEnvId)).text).toBe(text);
  });

  it.each(landings.filter((landing) => !isNetworked(landing)))('carries $setting, and not once cleared', expectLanding);
  it.skipIf(!hasNmstatectl).each(landings.filter(isNetworked))('carries $setting, and not once cleared', expectLanding);

  it('carries all settings together', async () => {
    const together = landings.filter((landing) => !landing.isVariant && (hasNmstatectl || !isNetworked(landing)));
    const all: object = Object.assign({}, ...together.map(({ given }) => given));
    const { infraEnvId } = await createBoth(api(), version, all);
    const { text } = await download(api(), infraEnvId);
    expectTokensVerified(text);
    for (const { setting, look, expected } of together) expect(look(text), setting).toEqual(expected);
  });

  it.each(['x86_64', 'arm64'])('is made for hosts of %s if the release serves them', async (cpu_architecture) => {
    const cluster = await api().post('/v2/clusters/disconnected', { name: 'dc', openshift_version: version });
    const { status, body } = await api().post('/v2/infra-envs', {
      name: 'cpu',
      cluster_id: cluster.body.id,
      image_type: 'disconnected-iso',
      cpu_architecture,
      pull_secret: pullSecret,
    });
    const serves: readonly string[] = stack.releases[0]?.cpuArchitectures ?? [];
    expect(status).toBe(serves.includes(cpu_architecture) ? 201 : 400);
    if (status === 201) expect((await download(api(), body.id)).status).toBe(200);
  });
});
