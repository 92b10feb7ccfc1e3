import { beforeAll, describe, expect, it } from 'vitest';
import { imageLinks } from '#functions/api/image-link.ts';
import { admitByGateway } from '#runtime/admission.ts';
import { type Call, newInfraEnv, registerCluster, type World, world } from './world.ts';

let here: World;
let call: Call;

beforeAll(async () => {
  here = await world();
  call = here.serve();
});

const zeroDate = '0001-01-01T00:00:00.000Z';

interface Shown {
  readonly id: string;
  readonly cluster_id: string;
  readonly download_url: string;
}

/** Registered with another type: only the workflow, which is not here, completes the registration of a disconnected one. */
const register = async (serve = call): Promise<Shown> => {
  const fields = { ...newInfraEnv(undefined), cluster_id: await registerCluster(call, 'ann') };
  const { id } = (await serve('POST', '/v2/infra-envs', fields, 'ann')).body;
  return (await serve('PATCH', `/v2/infra-envs/${id}`, { image_type: 'disconnected-iso' }, 'ann')).body;
};

const accessOf = (id: string) => `/v2/infra-envs/${id}/downloads/image-url`;
const rekeyingOf = (id: string) => `/v2/infra-envs/${id}/regenerate-signing-key`;
const tokenOf = (url: string): string => new URL(url).pathname.split('/')[3] ?? '';

describe('the address of an image', () => {
  it('has a token of the infra-env, its version, architecture and type', async () => {
    const { id, download_url } = await register();
    expect(download_url).toMatch(
      /^https:\/\/localhost\/images\/bytoken\/[\w-]+\.[\w-]+\.[\w-]+\/4\.20\.3\/x86_64\/disconnected\.iso$/,
    );
    expect((await here.tokens.open(tokenOf(download_url)))?.id).toBe(id);
  });

  it.each(['full-iso', 'minimal-iso'])('is not there for type %s, and image-url says why', async (image_type) => {
    const infraEnv = (await call('POST', '/v2/infra-envs', newInfraEnv(undefined, { image_type }), 'ann')).body;
    expect(infraEnv).not.toHaveProperty('download_url');
    expect(infraEnv).toMatchObject({ expires_at: zeroDate });
    expect(await call('GET', accessOf(infraEnv.id), undefined, 'ann')).toMatchObject({
      status: 400,
      body: {
        reason: expect.stringContaining(`image service is disabled: this service has no ISO of type ${image_type}`),
      },
    });
  });

  it('is in every answer that shows the infra-env, and image-url answers it alone', async () => {
    const { id, download_url } = await register();
    const one = await call('GET', `/v2/infra-envs/${id}`, undefined, 'ann');
    const list = await call('GET', '/v2/infra-envs', undefined, 'ann');
    const changed = await call('PATCH', `/v2/infra-envs/${id}`, { ssh_authorized_key: '' }, 'ann');
    const listed = list.body.find((infraEnv: { id: string }) => infraEnv.id === id);
    const { expires_at } = one.body;
    expect(Date.parse(expires_at)).toBeGreaterThan(here.dependencies.clock().getTime());
    for (const body of [one.body, listed, changed.body]) expect(body).toMatchObject({ download_url, expires_at });
    expect(await call('GET', accessOf(id), undefined, 'ann')).toMatchObject({
      status: 200,
      body: { url: download_url, expires_at },
    });
  });

  it('has the id, and no end, where nobody is asked who they are', async () => {
    const linkToImage = imageLinks({ open: true, imageTokens: here.tokens, isoSize: async () => 5 });
    const infraEnv = await register(here.serve({ linkToImage }));
    expect(infraEnv).toMatchObject({
      download_url: `https://localhost/images/byid/${infraEnv.id}/4.20.3/x86_64/disconnected.iso`,
      expires_at: zeroDate,
    });
  });

  it('is below the public address, if the API has one', async () => {
    const linkToImage = imageLinks({
      open: false,
      imageTokens: here.tokens,
      isoSize: async () => 5,
      publicUrl: 'https://ove.example/base',
    });
    const { download_url } = await register(here.serve({ linkToImage }));
    expect(download_url).toMatch(/^https:\/\/ove\.example\/base\/images\/bytoken\//);
  });

  it('is not told to the bearer of a token: it would outlive theirs', async () => {
    const { id } = await register();
    const owner = { userName: 'ann', orgId: '', emailDomain: 'Unknown' };
    const asBearer = here.serve({}, async () => ({ ...owner, onlyInfraEnv: id }));
    const { status, body } = await asBearer('GET', `/v2/infra-envs/${id}`);
    expect([status, body.id, body.expires_at]).toEqual([200, id, zeroDate]);
    expect(body).not.toHaveProperty('download_url');
  });

  it("is nobody else's to ask for", async () => {
    const { id } = await register();
    for (const path of [accessOf(id), accessOf('99999999-9999-4999-8999-999999999999')]) {
      expect((await call('GET', path, undefined, 'bob')).status).toBe(404);
    }
  });
});

describe('another signing key', () => {
  it('ends the tokens of before and gives others; nothing else changes', async () => {
    const { id, download_url } = await register();
    const before = (await call('GET', `/v2/infra-envs/${id}`, undefined, 'ann')).body;
    expect(await call('POST', rekeyingOf(id), undefined, 'ann')).toMatchObject({ status: 204, body: undefined });
    const after = (await call('GET', `/v2/infra-envs/${id}`, undefined, 'ann')).body;
    expect(after).toEqual({ ...before, download_url: after.download_url });
    expect(await here.tokens.open(tokenOf(download_url))).toBeUndefined();
    expect((await here.tokens.open(tokenOf(after.download_url)))?.id).toBe(id);
    expect(here.deeds.filter(([deed]) => deed === 'prepare media')).toEqual([]);
  });

  it('is made once for each of those who ask at the same time', async () => {
    const { id } = await register();
    const answers = await Promise.all([1, 2, 3].map(() => call('POST', rekeyingOf(id), undefined, 'ann')));
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect((await here.dependencies.infraEnvs.get(id))?.imageKeyVersion).toBe(4);
  });

  it('survives a change of the infra-env', async () => {
    const { id } = await register();
    await call('POST', rekeyingOf(id), undefined, 'ann');
    await call('PATCH', `/v2/infra-envs/${id}`, { ssh_authorized_key: '' }, 'ann');
    expect((await here.dependencies.infraEnvs.get(id))?.imageKeyVersion).toBe(2);
  });

  it("is nobody else's to ask for", async () => {
    const { id } = await register();
    expect(await call('POST', rekeyingOf(id), undefined, 'bob')).toMatchObject({
      status: 404,
      body: { reason: 'Object Not Found' },
    });
    expect((await here.serve({}, admitByGateway)('POST', rekeyingOf(id), undefined, '')).status).toBe(401);
  });

  it('is not made once the cluster is gone', async () => {
    const { id, cluster_id } = await register();
    await call('DELETE', `/v2/clusters/${cluster_id}`, undefined, 'ann');
    expect(await call('POST', rekeyingOf(id), undefined, 'ann')).toMatchObject({
      status: 409,
      body: { reason: expect.stringContaining('is gone') },
    });
  });
});
