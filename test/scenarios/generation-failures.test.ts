import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { dynamoDb } from '#adapters/dynamodb-client.ts';
import { releaseStore } from '#adapters/release-store.ts';
import { s3 } from '#adapters/s3-client.ts';
import { allEnded, parentOf, pidsIn } from '#test/fakes/processes.ts';
import { createBoth, createCluster, disconnected, download, eventsOf, ignitionPath } from './client.ts';
import { runningStack } from './stack.ts';

/** Where programs of the function may write, in Lambda as here. */
const pidFile = `/tmp/ove-ignition-hang-${process.pid}`;

const { api, dataDir, tableName, releasesBucket } = await runningStack({
  installers: {
    '4.20.3': {},
    '4.30.0': { behaviour: { hang: { pidFile } } },
    '4.31.0': { behaviour: { crash: true } },
    '4.32.0': { behaviour: { noOutput: true } },
    '4.33.0': { behaviour: { hugeOutput: true } },
    '4.34.0': {},
    '4.35.0': { behaviour: { invalidOutput: true } },
  },
  environment: { INSTALLER_TIMEOUT_SECONDS: '4' },
});

const workspacesLeft = async () => {
  const folder = join(dataDir, 'workspaces');
  return existsSync(folder) ? readdir(folder) : [];
};

const failuresOf = async (infraEnvId: string): Promise<string[]> =>
  (await eventsOf(api, `infra_env_id=${infraEnvId}`))
    .filter(({ name }) => name === 'ignition_generation_failed')
    .map(({ message }) => message);

describe('an ignition that cannot be generated', () => {
  it.each([
    ['the binary crashes', '4.31.0', 500, /^Internal server error$/],
    ['the binary writes nothing', '4.32.0', 500, /^Internal server error$/],
    ['the binary writes what is no ignition', '4.35.0', 500, /^Internal server error$/],
    [
      'the ignition is too large for the ISO',
      '4.33.0',
      400,
      /over the maximum allowable size \(256 KiB\)\. What takes most: \/opt\/agent\/huge \(\d+ KiB\), /,
    ],
  ])('because %s is refused, told in an event, and leaves nothing behind', async (_, version, status, reason) => {
    const { infraEnvId } = await createBoth(api, version);
    const answer = await api.get(ignitionPath(infraEnvId));
    expect(answer).toMatchObject({ status, body: { kind: 'Error', reason: expect.stringMatching(reason) } });
    const failures = await failuresOf(infraEnvId);
    expect(failures.length).toBeGreaterThanOrEqual(1);
    expect(failures[0]).toBe(`Failed to generate discovery.ign of revision 1. Error: ${answer.body.reason}`);
    await expect.poll(workspacesLeft).toEqual([]);
  });

  it('because the binary hangs is given up in time, and no process of it lives on', async () => {
    const { infraEnvId } = await createBoth(api, '4.30.0');
    const answer = await api.get(ignitionPath(infraEnvId));
    expect(answer).toMatchObject({
      status: 504,
      body: { reason: expect.stringMatching(/did not finish within 4 seconds/) },
    });
    expect(await failuresOf(infraEnvId)).not.toEqual([]);
    const pids = await pidsIn(pidFile);
    expect(pids).toHaveLength(2);
    expect(await allEnded(pids)).toBe(true);
    await expect.poll(workspacesLeft).toEqual([]);
  });

  it('because the function ends in the middle of it is told in an event of the workflow', async () => {
    await rm(pidFile, { force: true });
    const { infraEnvId } = await createBoth(api, '4.30.0');
    await expect.poll(() => existsSync(pidFile)).toBe(true);
    const pids = await pidsIn(pidFile);
    const runner = await parentOf(pids[0] ?? 0);
    process.kill(await parentOf(runner), 'SIGKILL');
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await expect.poll(() => failuresOf(infraEnvId)).toContainEqual(expect.stringContaining('stopped unexpectedly'));
  });

  it('because its release is gone says which one and how to get it back', async () => {
    const clusterId = await createCluster(api, '4.34.0');
    const release = await releaseStore({ client: dynamoDb(), tableName }).get('4.34.0', {});
    await s3().send(new DeleteObjectCommand({ Bucket: releasesBucket, Key: release?.installer.key }));
    const infraEnv = await api.post('/v2/infra-envs', disconnected(clusterId));
    expect(infraEnv.status).toBe(201);
    const answer = await api.get(ignitionPath(infraEnv.body.id));
    expect(answer.status).toBe(409);
    expect(answer.body.reason).toMatch(
      /^openshift-install 4\.34\.0 for x86_64 is not in the installer cache: .*`npx ove release add 4\.34\.0`$/,
    );
  });

  it('does not keep others from theirs', async () => {
    const [hanging, healthy] = [await createBoth(api, '4.30.0'), await createBoth(api, '4.20.3')];
    const slow = api.get(ignitionPath(hanging.infraEnvId));
    expect((await download(api, healthy.infraEnvId)).status).toBe(200);
    expect((await slow).status).toBe(504);
  });
});

it('an infra-env keeps its type while its files are being prepared, and can be changed otherwise', async () => {
  const { infraEnvId } = await createBoth(api, '4.30.0', { rendezvous_ip: '192.0.2.10' });
  const path = `/v2/infra-envs/${infraEnvId}`;
  const answer = await api.patch(path, { image_type: 'full-iso' });
  expect(answer).toMatchObject({ status: 409, body: { reason: expect.stringMatching(/are being prepared/) } });
  expect((await api.get(path)).body).toMatchObject({ type: 'disconnected-iso', rendezvous_ip: '192.0.2.10' });
  expect((await api.patch(path, { network_discovery_delay_seconds: 1 })).status).toBe(201);
  const leave = async () => (await api.patch(path, { image_type: 'full-iso' })).status;
  await expect.poll(leave).toBe(201);
  const { body } = await api.get(path);
  expect(body.type).toBe('full-iso');
  expect(body).not.toHaveProperty('rendezvous_ip');
});
