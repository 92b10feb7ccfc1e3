import { describe, expect, it } from 'vitest';
import { createBoth, ignitionPath } from './client.ts';
import { runningStack } from './stack.ts';

const { api, url } = await runningStack({ installers: { '4.20.3': {} } });

describe('where nobody is asked who they are', () => {
  it('the id of an infra-env opens its image, for good', async () => {
    const { infraEnvId } = await createBoth(api, '4.20');
    const { body } = await api.get(`/v2/infra-envs/${infraEnvId}`);
    const zeroDate = '0001-01-01T00:00:00.000Z';
    expect(body).toMatchObject({
      user_name: 'admin',
      email_domain: 'Unknown',
      download_url: `${url}/images/byid/${infraEnvId}/4.20.3/x86_64/disconnected.iso`,
      expires_at: zeroDate,
    });
    expect((await api.get(`/v2/infra-envs/${infraEnvId}/downloads/image-url`)).body).toEqual({
      url: body.download_url,
      expires_at: zeroDate,
    });
    for (const method of ['GET', 'HEAD']) expect((await fetch(body.download_url, { method })).status).toBe(409);
  });

  it('credentials of any kind do not matter', async () => {
    const { infraEnvId } = await createBoth(api, '4.20');
    const path = `${url}/api/assisted-install${ignitionPath(infraEnvId)}&api_key=none`;
    const headers = { authorization: 'Bearer of nothing', 'image-token': 'none' };
    expect((await fetch(path, { headers })).status).toBe(200);
  });

  it('a web page of another origin registers nothing, though a browser sends its POST for it', async () => {
    const page = { origin: 'https://stranger.example' };
    const body = JSON.stringify({ name: 'strangers', openshift_version: '4.20' });
    for (const type of ['', 'text/plain']) {
      const simple = new Blob([body], { type });
      const answer = await fetch(`${url}/v2/clusters/disconnected`, { method: 'POST', headers: page, body: simple });
      expect([answer.status, await answer.json()]).toEqual([
        403,
        { code: 403, message: expect.stringContaining('https://stranger.example') },
      ]);
    }
    const { body: clusters } = await api.get('/v2/clusters');
    expect(clusters.map(({ name }: { name: string }) => name)).not.toContain('strangers');
  });

  it('another signing key can be asked for; the id goes on opening the image', async () => {
    const { infraEnvId } = await createBoth(api, '4.20');
    expect((await api.send('POST', `/v2/infra-envs/${infraEnvId}/regenerate-signing-key`)).status).toBe(204);
    const { download_url } = (await api.get(`/v2/infra-envs/${infraEnvId}`)).body;
    expect((await fetch(download_url)).status).toBe(409);
  });
});
