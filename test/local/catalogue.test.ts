import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { releaseRemover } from '#adapters/release-store.ts';
import { localTarget } from '#cli/local-target.ts';
import { progressLine } from '#cli/progress.ts';
import { readIsoLayout } from '#domain/iso/read-layout.ts';
import { sampleVersion } from '#domain/release/sample-release.ts';
import { type Catalogue, fillCatalogue } from '#local/catalogue.ts';
import { unpackBaseIso } from '#local/sample-release/base-iso.ts';
import { makeInstaller } from '#local/sample-release/openshift-install/make-installer.ts';
import { localStack } from '#test/cli/local-stack.ts';
import { operator } from '#test/cli/operator.ts';
import { imageOf } from '#test/domain/iso/images.ts';
import { installerArchive, publish } from '#test/fakes/installer-archive.ts';
import { startMirror } from '#test/fakes/mirror-server.ts';
import { aRelease } from '#test/fakes/records.ts';
import { signingKey } from '#test/fakes/release-key.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';

const stack = await localStack();
const folder = await sharedFolder();
const sampleIso = join(folder, 'sample.iso');
const target = await localTarget(stack.data);
const real = await makeInstaller({ dir: join(folder, 'real'), version: '4.20.3', generation: 'G1' });

const versionsWith = async (catalogue: Catalogue): Promise<readonly string[]> =>
  (await fillCatalogue(target, { sampleIso, ...catalogue })).map(({ version }) => version).toSorted();

const isThere = (path: string) =>
  access(path)
    .then(() => true)
    .catch(() => false);

/** What refers to the sample release, as far as its retirement looks. */
const user = (entity: 'cluster' | 'infra-env', more: object = {}) => ({
  pk: `${entity}#1`,
  sk: entity,
  id: '1',
  name: 'edge',
  openshiftVersion: sampleVersion,
  expiresAt: Date.now() / 1000 + 3600,
  ...more,
});

const put = (item: object) => stack.table.client.send(new PutCommand({ TableName: stack.table.tableName, Item: item }));

describe('the sample release', () => {
  it('is there when there is no other, with a base ISO that is one of CoreOS by its layout', async () => {
    expect(await versionsWith({})).toEqual([sampleVersion]);
    const release = await stack.releases.get(sampleVersion, {});
    expect(release).toMatchObject({ supportLevel: 'beta', baseIso: { layout: { volumeId: 'rhcos-sample' } } });
    expect(release?.releaseImage).toMatch(/^sample\.invalid\//);
    const keys = await stack.keys();
    expect(await versionsWith({})).toEqual([sampleVersion]);
    expect(await stack.keys()).toEqual(keys);
  });

  it('is added by nobody else, whatever comes with its version', async () => {
    const { releaseKey } = await signingKey();
    const path = await makeInstaller({ dir: join(folder, 'another'), version: sampleVersion, generation: 'G2' });
    const { failed } = await operator({ data: stack.data, releaseKey }).run(['add', '--file', path]);
    expect(failed).toBe(
      `release: ${sampleVersion} is the sample release, from which nothing can be installed: it belongs to \`npm start\` alone`,
    );
  });

  describe('beside a real one', () => {
    beforeEach(async () => {
      await releaseRemover(stack.table).remove(aRelease('4.20.3'));
      await versionsWith({});
    });

    it.each(['cluster', 'infra-env'] as const)('stays while a %s uses it, and goes after that', async (entity) => {
      await put(user(entity));
      expect(await versionsWith({ installers: [real] })).toEqual([sampleVersion, '4.20.3']);
      await put(user(entity, { expiresAt: 1 }));
      expect(await versionsWith({})).toEqual(['4.20.3']);
      expect(await isThere(sampleIso)).toBe(false);
      expect((await stack.keys()).filter((key) => key.includes(sampleVersion))).toEqual([]);
    });
  });
});

describe('a version from a mirror', () => {
  it('is there before anything else starts, and costs nothing the next time', async () => {
    const [mirror, key] = [await startMirror(), await signingKey()];
    const path = await makeInstaller({ dir: join(folder, 'mirrored'), version: '4.20.4', generation: 'G1' });
    await publish({ mirror, key, version: '4.20.4', archive: await installerArchive(await readFile(path)) });
    const said: string[] = [];
    const fromMirror = {
      versions: ['4.20.4'],
      access: {
        mirror: mirror.url,
        releaseKey: async () => key.releaseKey,
        patience: { stallMs: 5_000, attempts: 1, firstDelayMs: 1 },
        progress: progressLine({ write: () => undefined }),
        signal: new AbortController().signal,
        say: (line: string) => said.push(line),
      },
    };
    expect(await versionsWith({ fromMirror })).toContain('4.20.4');
    expect(said[0]).toMatch(/^added 4\.20\.4 for x86_64 \(production, signed/);
    await versionsWith({ fromMirror });
    expect(said[1]).toBe('4.20.4 is there already and intact: nothing to do');
    const missing = versionsWith({ fromMirror: { ...fromMirror, versions: ['4.20.99'] } });
    await expect(missing).rejects.toMatchObject({ name: 'StartError', message: expect.stringContaining('4.20.99') });
  });
});

describe('the committed base ISO', () => {
  it('takes an ignition and kernel arguments', async () => {
    const path = join(folder, 'unpacked.iso');
    await unpackBaseIso(path);
    const layout = await readIsoLayout(imageOf(await readFile(path)));
    expect(layout).toMatchObject({ architecture: 'x86_64', ignition: { length: 262_144 } });
    expect(layout.kernelArguments?.areas).toHaveLength(2);
  });
});
