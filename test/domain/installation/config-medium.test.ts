import { describe, expect, it } from 'vitest';
import { toIgnitionFile } from '#domain/host/host-file.ts';
import type { Ignition } from '#domain/ignition/ignition.ts';
import { readConfigImage } from '#domain/installation/config-archive.ts';
import { checkLoads, configMedium } from '#domain/installation/config-medium.ts';
import type { ArchivedFile } from '#domain/installation/cpio-reader.ts';

const archived = (path: string, text: string): ArchivedFile => ({ path, mode: 0o600, content: Buffer.from(text) });

const imageSet = '/etc/assisted/manifests/cluster-image-set.yaml';
const files = [
  archived('/etc/issue', 'of the medium\n'),
  archived(imageSet, 'kind: ClusterImageSet\n'),
  archived('/etc/assisted/manifests/operators.yaml', '- name: "nmstate"\n'),
  archived('/etc/assisted/hostconfig/node-0/role', 'master'),
];

describe('a configuration medium', () => {
  it('holds its files, and the same bytes in whatever order they come', async () => {
    const medium = configMedium(files);
    expect(await readConfigImage(medium)).toEqual(files.toSorted((a, b) => (a.path < b.path ? -1 : 1)));
    expect(configMedium(files.toReversed()).equals(medium)).toBe(true);
  });
});

const unconfigured = (list: string, ofImageSet = 'kind: ClusterImageSet\n'): Ignition => ({
  ignition: { version: '3.2.0' },
  storage: { files: [toIgnitionFile({ path: imageSet, mode: 0o600, text: ofImageSet })] },
  systemd: {
    units: [
      {
        name: 'load-config-iso@.service',
        contents: `[Service]\nEnvironment=CONFIG_IMAGE_FILES=${list}\nType=oneshot\n`,
      },
    ],
  },
});
const all = `/etc/issue,${imageSet},/etc/assisted/manifests,/etc/assisted/hostconfig`;

describe('whether the hosts of an ISO load a medium', () => {
  it('is so where their list has all of it', () => {
    expect(() => checkLoads({ version: '4.22.0', unconfigured: unconfigured(all), files })).not.toThrow();
  });

  it.each<[string, Ignition, RegExp]>([
    ['no list', { ignition: { version: '3.2.0' } }, /load no configuration medium/],
    [
      'a list without the operators',
      unconfigured(`/etc/issue,${imageSet},/etc/assisted/hostconfig`),
      /not copy \S+operators\.yaml/,
    ],
    [
      'a file of the list that is missing',
      unconfigured(`${all},/root/.docker/config.json`),
      /config\.json there in vain/,
    ],
    ['another image set', unconfigured(all, 'kind: Other\n'), /release image there in another way/],
  ])('is refused by the name of the release: %s', (_, ignition, reason) => {
    const check = () => checkLoads({ version: '4.22.0', unconfigured: ignition, files });
    expect(check).toThrow(expect.objectContaining({ name: 'SiteNotSeparable', status: 409 }));
    expect(check).toThrow(reason);
    expect(check).toThrow('release 4.22.0');
  });
});
