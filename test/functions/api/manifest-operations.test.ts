import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { clusterIdleSeconds } from '#domain/cluster/cluster.ts';
import { manifestDays } from '#domain/cluster/manifest.ts';
import { newInfraEnv, registerCluster, world } from './world.ts';

const { serve, dependencies, manifests, time } = await world();
const call = serve();

const path = (id: string) => `/v2/clusters/${id}/manifests`;
const file = (id: string, query: string) => `${path(id)}/files?${query}`;
const base64 = (text: string) => Buffer.from(text).toString('base64');

const namespace = 'kind: Namespace\n';
const manifest = { folder: 'openshift', file_name: 'a.yaml', content: base64(namespace) };
const shown = (folder: string, file_name: string) => ({ folder, file_name, manifest_source: 'user' });

/** A cluster with the one manifest. */
const withManifest = async (userName?: string): Promise<string> => {
  const id = await registerCluster(call, userName);
  await call('POST', path(id), manifest, userName);
  return id;
};

const reasonOf = async (method: string, id: string, fields: object) => {
  const { status, body } = await call(method, path(id), fields);
  return [status, body.reason ?? body.message];
};

describe('a manifest', () => {
  it('is listed and downloaded once it was created', async () => {
    const id = await registerCluster(call);
    expect(await call('GET', path(id))).toMatchObject({ status: 200, body: [] });
    expect(await call('POST', path(id), manifest)).toMatchObject({ status: 201, body: shown('openshift', 'a.yaml') });
    expect((await call('POST', path(id), { file_name: 'b.json', content: base64('{}') })).body).toEqual(
      shown('manifests', 'b.json'),
    );
    for (const query of ['', '?include_system_generated=true', '?include_system_generated=false']) {
      expect((await call('GET', `${path(id)}${query}`)).body).toEqual([
        shown('manifests', 'b.json'),
        shown('openshift', 'a.yaml'),
      ]);
    }
    expect(await call('GET', file(id, 'folder=openshift&file_name=a.yaml'))).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment; filename="a.yaml"',
      },
      body: namespace,
    });
    expect((await call('GET', file(id, 'file_name=b.json'))).body).toBe('{}');
  });

  it('is replaced by one of the same folder and name', async () => {
    const id = await withManifest();
    expect((await call('POST', path(id), { ...manifest, content: base64('a: 2\n') })).status).toBe(201);
    expect((await call('GET', path(id))).body).toHaveLength(1);
    expect((await call('GET', file(id, 'folder=openshift&file_name=a.yaml'))).body).toBe('a: 2\n');
  });

  it.each([
    ['unknown folder', { folder: 'other' }, 'folder in body should be one of [manifests openshift]'],
    [
      'unknown extension',
      { file_name: 'a.txt' },
      "file_name in body should match '^[^/]*\\.(json|ya?ml(\\.patch_?[a-zA-Z0-9_]*)?)$'",
    ],
    ['folder in its name', { file_name: '../a.yaml' }, expect.stringContaining('file_name in body should match')],
    ['content that is no base64', { content: '{' }, expect.stringContaining('failed to base64-decode')],
    ['content of another format', { content: base64('{') }, expect.stringContaining('has an invalid YAML format')],
    ['space in its name', { file_name: 'a b.yaml' }, expect.stringContaining('should not include a space')],
    ['missing content', { content: null }, 'content in body is required'],
  ])('with an %s is refused', async (_, fields, reason) => {
    const id = await registerCluster(call);
    expect(await reasonOf('POST', id, { ...manifest, ...fields })).toEqual([400, reason]);
    expect((await call('GET', path(id))).body).toEqual([]);
  });

  it('can be 1 MiB large', async () => {
    const id = await registerCluster(call);
    const content = `"${'a'.repeat(1024 * 1024 - 2)}"`;
    expect((await call('POST', path(id), { file_name: 'a.json', content: base64(content) })).status).toBe(201);
    expect((await call('GET', file(id, 'file_name=a.json'))).body).toBe(content);
  });

  it('has another name than those of the other folder', async () => {
    const id = await withManifest();
    const [status, reason] = await reasonOf('POST', id, { ...manifest, folder: 'manifests' });
    expect([status, reason]).toEqual([
      400,
      expect.stringContaining('not distinct between {manifest, openshift} folders'),
    ]);
    expect((await call('GET', path(id))).body).toEqual([shown('openshift', 'a.yaml')]);
  });
});

describe('changing a manifest', () => {
  const source = { folder: 'openshift', file_name: 'a.yaml' };

  it.each([
    ['content', { updated_content: base64('b: 2\n') }, shown('openshift', 'a.yaml'), 'b: 2\n'],
    ['name', { updated_file_name: 'b.yml' }, shown('openshift', 'b.yml'), namespace],
    ['folder', { updated_folder: 'manifests' }, shown('manifests', 'a.yaml'), namespace],
    [
      'everything',
      { updated_content: base64('{}'), updated_file_name: 'b.json', updated_folder: 'manifests' },
      shown('manifests', 'b.json'),
      '{}',
    ],
    ['nothing', { updated_content: null }, shown('openshift', 'a.yaml'), namespace],
  ])('changes its %s alone', async (_, fields, changed, content) => {
    const id = await withManifest();
    expect(await call('PATCH', path(id), { ...source, ...fields })).toMatchObject({ status: 200, body: changed });
    expect((await call('GET', path(id))).body).toEqual([changed]);
    const { folder, file_name } = changed;
    expect((await call('GET', file(id, `folder=${folder}&file_name=${file_name}`))).body).toBe(content);
  });

  it('that dies half-way is completed by the next try', async () => {
    const id = await withManifest();
    const remove = async () => {
      throw new Error('the function was killed');
    };
    const dying = serve({ manifests: { ...manifests, remove } });
    const move = { ...source, updated_folder: 'manifests' };
    expect((await dying('PATCH', path(id), move)).status).toBe(500);
    expect((await call('PATCH', path(id), move)).status).toBe(200);
    expect((await call('GET', path(id))).body).toEqual([shown('manifests', 'a.yaml')]);
  });

  it.each([
    [
      'one that is not there',
      { file_name: 'b.yaml', updated_content: base64('{}') },
      404,
      "Cluster manifest openshift/b.yaml doesn't exist in cluster",
    ],
    ['its name to one of another format', { updated_file_name: 'a.json' }, 400, 'has an illegal JSON format'],
    ['its name to one of the other folder', { updated_file_name: 'b.json' }, 400, 'not distinct'],
    ['its content to another format', { updated_content: base64('{') }, 400, 'has an invalid YAML format'],
    ['its folder to an unknown one', { updated_folder: 'other' }, 400, 'updated_folder in body should be one of'],
  ])('is refused for %s', async (_, fields, status, reason) => {
    const id = await withManifest();
    await call('POST', path(id), { file_name: 'b.json', content: base64('{}') });
    expect(await reasonOf('PATCH', id, { ...source, ...fields })).toEqual([status, expect.stringContaining(reason)]);
    expect((await call('GET', path(id))).body).toHaveLength(2);
  });
});

describe('deleting a manifest', () => {
  it('removes it, and nothing where it is not', async () => {
    const id = await withManifest();
    expect(await call('DELETE', `${path(id)}?file_name=a.yaml`)).toMatchObject({ status: 200, body: undefined });
    expect((await call('GET', path(id))).body).toHaveLength(1);
    expect((await call('DELETE', `${path(id)}?file_name=a.yaml&folder=openshift`)).status).toBe(200);
    expect((await call('GET', path(id))).body).toEqual([]);
    expect((await call('DELETE', `${path(id)}?file_name=a.yaml&folder=openshift`)).status).toBe(200);
    expect(await call('GET', file(id, 'file_name=a.yaml&folder=openshift'))).toMatchObject({
      status: 404,
      body: { reason: `Cluster manifest openshift/a.yaml doesn't exist in cluster ${id}` },
    });
  });

  it('asks for a name', async () => {
    const id = await withManifest();
    expect(await call('DELETE', path(id))).toMatchObject({
      status: 400,
      body: { message: 'file_name in query is required' },
    });
  });

  it('never looks up a name that no manifest has', async () => {
    const id = await withManifest();
    const touched = async () => {
      throw new Error('touched');
    };
    const strict = serve({ manifests: { ...manifests, read: touched, remove: touched } });
    const query = `folder=openshift&file_name=${encodeURIComponent('../../../infra-envs/x')}`;
    expect((await strict('DELETE', `${path(id)}?${query}`)).status).toBe(200);
    expect((await strict('GET', file(id, query))).status).toBe(404);
  });
});

describe('the manifests of a cluster', () => {
  it('can be changed in any status', async () => {
    const fields = { name: 'dc', openshift_version: '4.21' };
    const { id } = (await call('POST', '/v2/clusters/disconnected', fields)).body;
    expect((await call('POST', path(id), manifest)).status).toBe(201);
    const { folder, file_name } = manifest;
    expect((await call('PATCH', path(id), { folder, file_name, updated_file_name: 'b.yaml' })).status).toBe(200);
    expect((await call('DELETE', `${path(id)}?folder=openshift&file_name=b.yaml`)).status).toBe(200);
  });

  it('go with it', async () => {
    const id = await withManifest();
    expect((await call('DELETE', `/v2/clusters/${id}`)).status).toBe(204);
    expect(await manifests.list(id)).toEqual([]);
    expect((await call('GET', path(id))).status).toBe(404);
    expect((await call('POST', path(id), manifest)).status).toBe(404);
  });

  it('go with it, also one that was written while it was being deleted', async () => {
    const id = await withManifest();
    const bury: typeof dependencies.clusters.bury = async (cluster) => {
      await call('POST', path(id), { ...manifest, file_name: 'late.yaml' });
      await dependencies.clusters.bury(cluster);
    };
    expect((await serve({ clusters: { ...dependencies.clusters, bury } })('DELETE', `/v2/clusters/${id}`)).status).toBe(
      204,
    );
    expect(await manifests.list(id)).toEqual([]);
  });

  it("of nobody's and of another caller's cluster are not there", async () => {
    const bobs = await withManifest('bob');
    const missing = { status: 404, body: { reason: 'Object Not Found' } };
    const { folder, file_name } = manifest;
    for (const id of [bobs, randomUUID()]) {
      expect(await call('GET', path(id))).toMatchObject(missing);
      expect(await call('POST', path(id), manifest)).toMatchObject(missing);
      expect(await call('PATCH', path(id), { folder, file_name })).toMatchObject(missing);
      expect(await call('DELETE', `${path(id)}?folder=${folder}&file_name=${file_name}`)).toMatchObject(missing);
      expect(await call('GET', file(id, `folder=${folder}&file_name=${file_name}`))).toMatchObject(missing);
    }
    expect((await call('GET', path(bobs), undefined, 'bob')).body).toHaveLength(1);
  });

  it('are renewed when somebody works with an old cluster, and left alone in a young one', async () => {
    const id = await withManifest();
    const stay = async (days: number) => {
      time.now = new Date(time.now.getTime() + days * 24 * 60 * 60 * 1000);
      const { status } = await call('POST', '/v2/infra-envs', newInfraEnv(id, { image_type: 'full-iso' }));
      expect(status).toBe(201);
    };
    const step = clusterIdleSeconds / (24 * 60 * 60) - 1;
    for (let age = step; age < manifestDays - 20 - 1; age += step) await stay(step);
    expect(manifests.renewals).not.toContain(id);
    await stay(step);
    await call('PATCH', `/v2/clusters/${id}`, { tags: 'one' });
    await call('PATCH', `/v2/clusters/${id}/install-config`, '{}');
    expect(manifests.renewals.filter((renewed) => renewed === id)).toHaveLength(3);
  });
});
