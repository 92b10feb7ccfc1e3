import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { namesInTar } from '#test/fakes/tar-names.ts';
import { decodeFile } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { createCluster, eventsOf, ignitionPath, pullSecret, pullSecretOf } from './client.ts';
import { standardLandings } from './setting-samples.ts';
import { runningStack } from './stack.ts';
import type { StandardType } from './standard-landings.ts';

const { api } = await runningStack({
  installers: { '4.20.3': {} },
  serviceBaseUrl: 'https://service.example:8443/',
  agentImage: 'registry.example/agent:v1',
});

const types: readonly StandardType[] = ['full-iso', 'minimal-iso'];

/** An infra-env, bound to no cluster unless the fields name one. */
const register = async (type: StandardType, fields: object = {}): Promise<string> => {
  const given = { name: 'edge', image_type: type, pull_secret: pullSecret, ...fields };
  const { status, body } = await api.post('/v2/infra-envs', given);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.id;
};

/** What is behind a redirect. */
const fetched = async (path: string) => {
  const { status, headers, body } = await api.get(path);
  if (status !== 302) throw new Error(`${status}: ${JSON.stringify(body)}`);
  const file = await fetch(headers.get('location') ?? '');
  return { headers: file.headers, bytes: Buffer.from(await file.arrayBuffer()) };
};

const ignitionOf = async (id: string, isoType?: StandardType): Promise<string> => {
  const query = isoType === undefined ? '' : `&discovery_iso_type=${isoType}`;
  return (await fetched(`${ignitionPath(id)}${query}`)).bytes.toString('utf8');
};

const initrdPath = (id: string): string => `/v2/infra-envs/${id}/downloads/minimal-initrd`;
const networkPath = (id: string): string => `/v2/infra-envs/${id}/downloads/files?file_name=static-network-config`;

describe.each(types)('somebody who wants a %s', (type) => {
  const landings = standardLandings(type);
  const together = landings.filter(({ isVariant }) => !isVariant);
  const all: InfraEnvSettings = Object.assign({}, ...together.map(({ given }) => given));

  it('needs no cluster, and gets an ignition whose agent reports to the service of the operator', async () => {
    const id = await register(type);
    const { headers, bytes } = await fetched(ignitionPath(id));
    expect(headers.get('content-disposition')).toBe('attachment; filename="discovery.ign"');
    expect(headers.get('content-type')).toBe('application/octet-stream');
    const text = bytes.toString('utf8');
    expect(JSON.parse(decodeFile(text, '/root/.docker/config.json'))).toEqual(JSON.parse(pullSecret));
    expect(text).toContain(
      `/usr/local/bin/agent --url https://service.example:8443 --infra-env-id ${id} ` +
        '--agent-version registry.example/agent:v1 --insecure=false',
    );
    expect((await eventsOf(api, `infra_env_id=${id}`)).map(({ message }) => message)).toEqual([
      'Registered infra env',
      `Generated discovery.ign of revision 1 for ${type}`,
    ]);
  });

  it('may bind it to a cluster, which stays as it is', async () => {
    const clusterId = await createCluster(api, '4.20');
    const id = await register(type, { cluster_id: clusterId });
    expect(await ignitionOf(id)).toContain(id);
    expect((await api.get(`/v2/clusters/${clusterId}`)).body.status).toBe('insufficient');
    await api.delete(`/v2/clusters/${clusterId}`);
    expect(await api.get(ignitionPath(id))).toMatchObject({ status: 409 });
  });

  it('finds all settings in it, and none that was cleared', async () => {
    const id = await register(type, all);
    const text = await ignitionOf(id);
    for (const { setting, look, expected } of together) expect(look(text), setting).toEqual(expected);
    for (const { setting, cleared, look, absent } of together) {
      expect((await api.patch(`/v2/infra-envs/${id}`, cleared)).status).toBe(201);
      expect(look(await ignitionOf(id)), setting).toEqual(absent);
    }
  });

  it.each(landings)('$setting, set later: is in the next ignition; and cleared: in none', async (landing) => {
    const id = await register(type);
    const before = await ignitionOf(id);
    expect((await api.patch(`/v2/infra-envs/${id}`, landing.given)).status).toBe(201);
    expect(landing.look(await ignitionOf(id))).toEqual(landing.expected);
    expect((await api.patch(`/v2/infra-envs/${id}`, landing.cleared)).status).toBe(201);
    expect(await ignitionOf(id)).toBe(before);
  });
});

describe('an image service that streams a minimal ISO', () => {
  const [{ given: network = {} } = {}] = standardLandings('full-iso').filter(
    ({ given }) => given.static_network_config,
  );

  it('gets ignition, initramfs and kernel arguments', async () => {
    const kernel_arguments = [{ operation: 'append', value: 'rd.break' }];
    const id = await register('minimal-iso', { ...network, kernel_arguments });
    expect(await ignitionOf(id, 'minimal-iso')).not.toContain('pre-network-manager-config');
    const { bytes, headers } = await fetched(initrdPath(id));
    expect(headers.get('content-disposition')).toBe('attachment; filename="minimal-initrd.img"');
    expect(gunzipSync(bytes).toString('latin1')).toContain('etc/assisted/network/host1/ymlFile1.yml');
    expect((await api.get(`/v2/infra-envs/${id}`)).body.kernel_arguments).toBe(JSON.stringify(kernel_arguments));
  });

  it('may stream the full one of the same infra-env', async () => {
    const id = await register('minimal-iso', network);
    expect(await ignitionOf(id, 'full-iso')).toContain('pre-network-manager-config.service');
  });

  it('is told by 204 that there is no initramfs, until there is something to put into it', async () => {
    const id = await register('minimal-iso');
    expect(await api.get(initrdPath(id))).toMatchObject({ status: 204, body: undefined });
    await api.patch(`/v2/infra-envs/${id}`, { proxy: { http_proxy: 'http://proxy.example:3128' } });
    expect(gunzipSync((await fetched(initrdPath(id))).bytes).toString('latin1')).toContain('10-proxy.conf');
    await api.patch(`/v2/infra-envs/${id}`, { proxy: { http_proxy: '' } });
    expect((await api.get(initrdPath(id))).status).toBe(204);
  });
});

describe('the static network on its own', () => {
  const [{ given: network = {} } = {}] = standardLandings('full-iso').filter(
    ({ given }) => given.static_network_config,
  );

  it('is a tar archive that is named after the infra-env; without one it is empty', async () => {
    const id = await register('full-iso', network);
    const { bytes, headers } = await fetched(networkPath(id));
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${id}-static-network-config.tar"`);
    expect(await namesInTar(bytes)).toEqual(
      ['host0/ymlFile0.yml', 'host0/mac_interface.ini', 'host1/ymlFile1.yml', 'host1/mac_interface.ini'].map(
        (name) => `/etc/assisted/network/${name}`,
      ),
    );
    await api.patch(`/v2/infra-envs/${id}`, { static_network_config: [] });
    expect(await namesInTar((await fetched(networkPath(id))).bytes)).toEqual([]);
  });
});

describe('a new pull secret', () => {
  it('is in the next ignition', async () => {
    const id = await register('full-iso');
    await ignitionOf(id);
    await api.patch(`/v2/infra-envs/${id}`, { pull_secret: pullSecretOf('another') });
    expect(decodeFile(await ignitionOf(id), '/root/.docker/config.json')).toBe(pullSecretOf('another'));
  });
});
