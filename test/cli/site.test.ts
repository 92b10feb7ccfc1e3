import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { failureLine } from '#cli/failure-line.ts';
import { silentProgress } from '#cli/progress.ts';
import { runSiteCommand } from '#cli/site/site-commands.ts';
import { clusterSettings, hosts, networks, someManifest } from '#test/domain/installation/sites.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { everySetting } from '#test/scenarios/setting-samples.ts';
import { runningStack } from '#test/scenarios/stack.ts';

const { url, api } = await runningStack({ installers: { '4.20.3': {} } });
const folder = await sharedFolder();

const secretOf = (user: string): string =>
  JSON.stringify({ auths: { 'quay.io': { auth: Buffer.from(`${user}:canary`).toString('base64') } } });

/** A person who types `ove site …`. */
const site = async (...args: readonly string[]) => {
  const said: string[] = [];
  const failed = await runSiteCommand([...args, '--api', url], {
    say: (line) => said.push(line),
    progress: silentProgress,
    signal: new AbortController().signal,
    env: { PULL_SECRET: secretOf('ada') },
    signer: () => Promise.reject(new Error('nobody signs here')),
  }).then(() => undefined, failureLine);
  return { said, failed };
};

const resultsOf = async (...args: readonly string[]) => {
  const { said, failed } = await site(...args, '--json');
  return { results: JSON.parse(said.join('\n')), failed };
};

const file = async (name: string, settings = '', more = ''): Promise<string> => {
  const path = join(folder, `${name}.yaml`);
  await writeFile(
    path,
    `name: ${name}\npull_secret: { env: PULL_SECRET }\n${more}cluster: { openshift_version: "4.20" }\ninfra_env: { ${settings} }\n`,
  );
  return path;
};

describe('a site', () => {
  it('is made, with its ignition, and left alone by the same file', async () => {
    const path = await file('made', 'additional_ntp_sources: "192.0.2.1,192.0.2.2"');
    const ignition = join(folder, 'made.ign');
    const first = await resultsOf('apply', path, '--wait', '--ignition', ignition);
    expect(first.results).toMatchObject([{ file: path, name: 'made', result: 'created' }]);
    expect(JSON.parse(await readFile(ignition, 'utf8'))).toMatchObject({ ignition: { version: '3.2.0' } });
    const infraEnv = (await api.get(`/v2/infra-envs/${first.results[0].infra_env_id}`)).body;
    expect(infraEnv).toMatchObject({ name: 'made', type: 'disconnected-iso', openshift_version: '4.20.3' });
    expect((await resultsOf('apply', path)).results).toMatchObject([{ result: 'left alone' }]);
    const after = (await api.get(`/v2/infra-envs/${infraEnv.id}`)).body;
    expect(after.updated_at).toBe(infraEnv.updated_at);
  });

  it('is changed where the file differs, as diff has shown before', async () => {
    await site('apply', await file('changed', 'rendezvous_ip: 192.0.2.10'));
    const path = await file(
      'changed',
      'rendezvous_ip: 192.0.2.11, kernel_arguments: [{ operation: append, value: a=b }]',
    );
    const { said } = await site('diff', path);
    expect(said[1]).toMatch(
      /^changed +differs +infra_env\.kernel_arguments: .*; infra_env\.rendezvous_ip: "192\.0\.2\.10" -> "192\.0\.2\.11"$/,
    );
    const { results } = await resultsOf('apply', path);
    expect(results).toMatchObject([{ result: 'changed', details: 'kernel_arguments, rendezvous_ip' }]);
    expect((await site('diff', path)).said[1]).toMatch(/^changed +equal/);
  });

  it('gets another pull secret, which no line shows', async () => {
    const path = await file('secret');
    await site('apply', path);
    await writeFile(join(folder, 'other.json'), `${secretOf('grace')}\n`);
    await writeFile(path, (await readFile(path, 'utf8')).replace('env: PULL_SECRET', 'file: other.json'));
    const shown = await site('diff', path);
    expect(shown.said[1]).toMatch(/^secret +differs +pull_secret is another$/);
    expect((await resultsOf('apply', path)).results).toMatchObject([{ result: 'changed', details: 'pull_secret' }]);
    expect((await resultsOf('apply', path)).results).toMatchObject([{ result: 'left alone' }]);
  });

  it('is given back as a file that means the same', async () => {
    const path = await file('given', 'rendezvous_ip: 192.0.2.10, proxy: { http_proxy: "http://192.0.2.9:3128" }');
    const { results } = await resultsOf('apply', path);
    const { said } = await site('export', results[0].infra_env_id);
    expect(load(said.join('\n'))).toMatchObject({ name: 'given', pull_secret: { file: 'pull-secret.json' } });
    await writeFile(join(folder, 'pull-secret.json'), secretOf('ada'));
    const exported = join(folder, 'exported.yaml');
    await writeFile(exported, said.join('\n'));
    expect((await resultsOf('apply', exported)).results).toMatchObject([{ name: 'given', result: 'left alone' }]);
  });

  it('is deleted, with its cluster, though the files of its secrets are gone', async () => {
    const path = await file('deleted');
    const { results } = await resultsOf('apply', path);
    await writeFile(path, (await readFile(path, 'utf8')).replace('env: PULL_SECRET', 'file: gone.json'));
    expect((await resultsOf('diff', path)).results).toMatchObject([{ error: expect.stringContaining('gone.json') }]);
    expect((await resultsOf('delete', path)).results).toMatchObject([{ result: 'deleted' }]);
    expect((await api.get(`/v2/clusters/${results[0].cluster_id}`)).status).toBe(404);
    expect((await resultsOf('delete', path)).results).toMatchObject([{ result: 'is not there' }]);
  });

  it('with operators and a bundle that brings one of them is left alone by the same file', async () => {
    const path = join(folder, 'bundle.yaml');
    const cluster = {
      openshift_version: '4.20',
      olm_operators: [{ name: 'nmstate' }, { name: 'lvm' }],
      operator_bundles: [{ id: 'virtualization' }],
    };
    await writeFile(path, dump({ name: 'bundle', pull_secret: { env: 'PULL_SECRET' }, cluster }));
    expect((await resultsOf('apply', path)).results).toMatchObject([{ result: 'created' }]);
    expect((await resultsOf('apply', path)).results).toMatchObject([{ result: 'left alone' }]);
  });

  it('whose version another one was settled with is told to be made again', async () => {
    const path = await file('version');
    await site('apply', path);
    await writeFile(path, (await readFile(path, 'utf8')).replace('"4.20"', '"4.21"'));
    const { results } = await resultsOf('apply', path);
    expect(results[0].error).toBe(
      'openshift_version is settled when a site is made, and is "4.20.3": delete the site, and apply it again',
    );
  });
});

describe('a site with every setting, overrides and manifests', () => {
  const manifest = { folder: 'openshift', file_name: someManifest.fileName, content: someManifest.content.toString() };
  const whole = {
    name: 'whole',
    pull_secret: { env: 'PULL_SECRET' },
    cluster: {
      openshift_version: '4.20',
      ...clusterSettings,
      olm_operators: [{ name: 'cnv', properties: '{"kind":"HyperConverged"}' }, { name: 'nmstate' }],
      worker_count: 2,
      http_proxy: 'http://192.0.2.9:3128',
      additional_ntp_source: '192.0.2.8',
      hyperthreading: 'masters',
      schedulable_masters: true,
      tags: 'edge,north',
    },
    install_config_overrides: { fips: true },
    manifests: [manifest],
    infra_env: {
      ...everySetting,
      installation: 'unattended',
      rendezvous_ip: '192.0.2.10',
      hosts,
      static_network_config: networks,
    },
  };
  const path = join(folder, 'whole.yaml');
  const apply = async (changes: object = {}) => {
    await writeFile(path, dump({ ...whole, ...changes }));
    return (await resultsOf('apply', path)).results[0];
  };

  it('is made, left alone by the same file, and by the one that it is exported as', async () => {
    const { infra_env_id: id, cluster_id: clusterId, ...made } = await apply();

    expect(made).toMatchObject({ result: 'created', name: 'whole' });
    expect((await api.get(`/v2/clusters/${clusterId}/manifests`)).body).toMatchObject([{ file_name: 'motd.yaml' }]);
    expect(await apply()).toMatchObject({ result: 'left alone' });
    const { said } = await site('export', id);
    expect(load(said.join('\n'))).toMatchObject({
      cluster: { olm_operators: whole.cluster.olm_operators },
      manifests: [manifest],
      install_config_overrides: { fips: true },
    });
    expect(said.join('\n')).not.toContain('cluster_id');
    await writeFile(join(folder, 'pull-secret.json'), secretOf('ada'));
    await writeFile(path, said.join('\n'));
    expect((await resultsOf('apply', path)).results).toMatchObject([{ result: 'left alone' }]);
  });

  it('has the manifests of its file and no other, as diff has shown before', async () => {
    const moved = { ...manifest, folder: 'manifests', content: `${manifest.content}# moved\n` };
    const second = { ...manifest, file_name: 'second.yaml' };
    await writeFile(path, dump({ ...whole, manifests: [moved, second] }));
    const details = 'manifest openshift/motd.yaml, manifest manifests/motd.yaml, manifest openshift/second.yaml';
    expect((await resultsOf('diff', path)).results[0].details).toBe(
      details.replaceAll(/(yaml),?/g, '$1 is another;').replace(/;$/, ''),
    );
    expect(await apply({ manifests: [moved, second] })).toMatchObject({ result: 'changed', details });
    expect(await apply({ manifests: [moved, second] })).toMatchObject({ result: 'left alone' });
    const { result, details: gone } = await apply({ manifests: [] });
    expect({ result, gone }).toEqual({
      result: 'changed',
      gone: 'manifest manifests/motd.yaml, manifest openshift/second.yaml',
    });
  });

  it('keeps manifests and overrides that its file says nothing of, and ends those that it says are none', async () => {
    await apply();
    const { manifests: _, install_config_overrides: __, ...without } = whole;
    await writeFile(path, dump(without));
    expect((await resultsOf('apply', path)).results).toMatchObject([{ result: 'left alone' }]);
    expect(await apply({ install_config_overrides: {} })).toMatchObject({ details: 'install_config_overrides' });
    expect(await apply({ install_config_overrides: '' })).toMatchObject({ result: 'left alone' });
  });
});

it('of many files does all that it can, and lists what failed last, in their order', async () => {
  const bad = await file('bad', 'additional_ntp_sources: "not a host!"');
  const good = await Promise.all(Array.from({ length: 10 }, (_, index) => file(`many-${index}`)));
  const { said, failed } = await site('apply', bad, ...good, join(folder, 'nowhere.yaml'));
  expect(failed).toBe('release: 2 of 12 failed');
  expect(said).toHaveLength(13);
  expect(said.slice(1, -2).every((line) => line.includes('created'))).toBe(true);
  expect(said.at(-2)).toMatch(/failed .*not a host!/);
  expect(said.at(-1)).toMatch(/nowhere.yaml +failed .*there is no such file/);
});

it('that two files are of is made of neither, and never twice', async () => {
  const path = await file('twice');
  const other = join(folder, 'twice-too.yaml');
  await writeFile(other, await readFile(path));
  const { results } = await resultsOf('apply', path, other);
  expect(results).toMatchObject([
    { file: path, error: `${path}: ${other} is of the site twice as well` },
    { file: other, error: `${other}: ${path} is of the site twice as well` },
  ]);
  expect((await resultsOf('diff', path)).results).toMatchObject([{ result: 'would be created' }]);
});

it.each([
  ['in a folder that is not there', 'nowhere/x.iso', 'there is no such folder'],
  ['by the name of a folder', '.', 'it is a folder'],
])('whose ISO belongs %s is not made', async (_, name, reason) => {
  const path = await file('nowhere');
  const { results } = await resultsOf('apply', path, '--iso', join(folder, name));
  expect(results).toMatchObject([{ name: 'nowhere', error: `${join(folder, name)} cannot be written: ${reason}` }]);
  expect((await resultsOf('diff', path)).results).toMatchObject([{ result: 'would be created' }]);
});

it('with --iso says why there is none, and leaves no file', async () => {
  const iso = join(folder, 'none.iso');
  const { results } = await resultsOf('apply', await file('no-iso'), '--iso', iso);
  expect(results[0].error).toContain('4.20.3 has no base ISO');
  await expect(access(iso)).rejects.toThrow('ENOENT');
});
