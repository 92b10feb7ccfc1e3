import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createBoth, sshKey } from '#test/scenarios/client.ts';
import { generations, runningStack } from '#test/scenarios/stack.ts';
import { sshKeysIn } from '../carried.ts';

const { url, api } = await runningStack({ installers: { '4.20.3': generations['4.20.3'] } });

/** The way in which assisted-image-service passes on what its own caller came with. */
interface Credentials {
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Its two requests for every GET, HEAD and Range of an ISO. */
const askAsImageService = async (infraEnvId: string, { query = '', headers = {} }: Credentials = {}) => {
  const base = `${url}/api/assisted-install/v2/infra-envs/${infraEnvId}`;
  const file = 'file_name=discovery.ign&discovery_iso_type=disconnected-iso';
  const ignition = await fetch(`${base}/downloads/files?${file}${query.replace('?', '&')}`, { headers });
  const infraEnv = await fetch(`${base}${query}`, { headers });
  return {
    statuses: [ignition.status, infraEnv.status],
    ignition: await ignition.text(),
    lastModified: ignition.headers.get('last-modified') ?? '',
    infraEnv: z.looseObject({ kernel_arguments: z.string().optional() }).parse(await infraEnv.json()),
  };
};

describe('the image service', () => {
  it('gets an ignition, its time, and the kernel arguments as JSON text', async () => {
    const kernelArguments = [{ operation: 'append', value: 'console=ttyS0' }];
    const key = sshKey('me@edge');
    const { infraEnvId } = await createBoth(api, '4.20', {
      ssh_authorized_key: key,
      kernel_arguments: kernelArguments,
    });
    const asked = await askAsImageService(infraEnvId);
    expect(asked.statuses).toEqual([200, 200]);
    expect(sshKeysIn(asked.ignition)).toEqual([key]);
    expect(Date.parse(asked.lastModified)).toBeLessThanOrEqual(Date.now());
    expect(JSON.parse(asked.infraEnv.kernel_arguments ?? '')).toEqual(kernelArguments);
  });

  it('gets the same ignition for every range of one download', async () => {
    const { infraEnvId } = await createBoth(api, '4.20');
    const ranges = [];
    for (const _ of ['HEAD', 'bytes=0-', 'bytes=4096-']) ranges.push(await askAsImageService(infraEnvId));
    expect(new Set(ranges.map(({ ignition }) => ignition)).size).toBe(1);
    expect(new Set(ranges.map(({ lastModified }) => lastModified)).size).toBe(1);
  });

  it.each<[string, Credentials]>([
    ['an API key in the query', { query: '?api_key=token' }],
    ['an image token in a header', { headers: { 'Image-Token': 'token' } }],
    ['what its caller sent', { headers: { Authorization: 'Bearer token' } }],
  ])('is served with %s where nobody is asked who they are', async (_, credentials) => {
    const { infraEnvId } = await createBoth(api, '4.20');
    expect((await askAsImageService(infraEnvId, credentials)).statuses).toEqual([200, 200]);
  });

  it('is told of an infra-env that is gone by the status alone', async () => {
    const asked = await askAsImageService(crypto.randomUUID());
    expect(asked.statuses).toEqual([404, 404]);
  });
});
