import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { failure } from '#domain/errors.ts';
import { imageTypes } from '#domain/infra-env/image-type.ts';
import { namesInTar } from '#test/fakes/tar-names.ts';
import { canary, type World, world } from './world.ts';

const hosts = [
  {
    network_yaml: 'interfaces: [{name: eth0, type: ethernet}]',
    mac_interface_map: [{ mac_address: '02:00:00:00:00:01', logical_nic_name: 'eth0' }],
  },
];
const settings = { static_network_config: hosts };

const stored = (here: World, file: string): Buffer =>
  here.artifacts.get(`infra-envs/${here.infraEnv.id}/1/${file}`) ?? Buffer.alloc(0);

describe.each(imageTypes)('what a %s has besides its ignition', (type) => {
  it('is an archive of its static network', async () => {
    const here = await world({ infraEnv: { type, settings } });
    expect(await here.make('static-network-config.tar')).toMatchObject({ superseded: false });
    expect(await namesInTar(stored(here, 'static-network-config.tar'))).toEqual([
      '/etc/assisted/network/host0/ymlFile0.yml',
      '/etc/assisted/network/host0/mac_interface.ini',
    ]);
  });

  it('is an archive of nothing where there is none', async () => {
    const here = await world({ infraEnv: { type } });
    await here.make('static-network-config.tar');
    expect(await namesInTar(stored(here, 'static-network-config.tar'))).toEqual([]);
  });

  it('is an initramfs with the network and the proxy', async () => {
    const proxy = { http_proxy: 'http://proxy.example:3128' };
    const here = await world({ infraEnv: { type, settings: { ...settings, proxy } } });
    await here.make('minimal-initrd.img');
    const archive = gunzipSync(stored(here, 'minimal-initrd.img')).toString('latin1');
    expect(archive).toContain('etc/assisted/network/host0/ymlFile0.yml');
    expect(archive).toContain('Environment="HTTP_PROXY=http://proxy.example:3128"');
  });
});

describe.each(['static-network-config.tar', 'minimal-initrd.img'] as const)('%s', (file) => {
  it('holds no secret, and none is decrypted for it', async () => {
    const pullSecrets = { read: () => Promise.reject(new Error('must not be read')) };
    const here = await world({ infraEnv: { settings }, dependencies: { pullSecrets } });
    await here.make(file);
    expect(stored(here, file).includes(canary)).toBe(false);
  });

  it('is told in no event, made or not', async () => {
    const here = await world({ infraEnv: { settings } });
    await here.make(file);
    const networkProgram = { generate: () => Promise.reject(failure('NetworkProgramMissing')) };
    const failing = await world({
      infraEnv: { settings, openshiftVersion: '4.17.9' },
      dependencies: { networkProgram },
    });
    await expect(failing.make(file)).rejects.toMatchObject({ name: 'NetworkProgramMissing' });
    expect([...here.events, ...failing.events]).toEqual([]);
  });

  it('of a revision that was replaced is not made', async () => {
    const here = await world({ infraEnv: { revision: 2 } });
    expect(await here.make(file, 1)).toEqual({ superseded: true });
  });
});
