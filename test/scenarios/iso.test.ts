import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { execa } from 'execa';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { dynamoDb } from '#adapters/dynamodb-client.ts';
import { releaseStore } from '#adapters/release-store.ts';
import { s3 } from '#adapters/s3-client.ts';
import { runIsoCommand } from '#cli/iso/iso-commands.ts';
import { imagePatches } from '#domain/composition/image-patches.ts';
import { applyPatches } from '#domain/composition/iso-patch.ts';
import { readIsoLayout } from '#domain/iso/read-layout.ts';
import { coreOsIso, kernelArguments } from '#local/sample-release/core-os-iso.ts';
import { changed, imageOf } from '#test/domain/iso/images.ts';
import { digestsOfFiles } from '#test/fakes/iso-files.ts';
import { watchS3 } from '#test/fakes/s3-calls.ts';
import { watchS3Parts } from '#test/fakes/s3-parts.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { patience } from '#test/patience.ts';
import { hasTools } from '#test/tools.ts';
import { countEvents, createBoth, download, eventsOf, pullSecret, sshKey } from './client.ts';
import {
  askForIso,
  composed,
  compositionFailure,
  downloadIso,
  exhaustQuota,
  ignitionIn,
  isoKeysOf,
  isoReady,
  noUploads,
  operatorOf,
  sha256,
  textIn,
} from './isos.ts';
import { runningStack } from './stack.ts';

const { api, url, dataDir, tableName, artifactsBucket, releasesBucket } = await runningStack({
  installers: { '4.20.3': {}, '4.20.4': {} },
  compositionsPerUserAndHour: '50',
});

const added = ['console=ttyS0', 'rd.net.timeout.dhcp=30'];
const append = (values: readonly string[]) => ({
  kernel_arguments: values.map((value) => ({ operation: 'append', value })),
});

describe.runIf(hasTools('xorriso', 'cpio', 'curl'))('the ISO of an infra-env', () => {
  let folder: string;
  let base: string;
  let baseBytes: Buffer;
  let operate: Awaited<ReturnType<typeof operatorOf>>;
  beforeAll(async () => {
    folder = await sharedFolder();
    base = await coreOsIso({ folder });
    baseBytes = await readFile(base);
    operate = await operatorOf(dataDir);
    await operate('add-iso', '4.20.3', '--file', base);
  });

  const composedFor = async (fields: object = {}) => {
    const { infraEnvId } = await createBoth(api, '4.20.3', fields);
    await composed(api, infraEnvId);
    return infraEnvId;
  };

  it('is the base ISO with the ignition and the kernel arguments in it, by the word of other programs', async () => {
    const infraEnvId = await composedFor({ ssh_authorized_key: sshKey('me@edge'), ...append(added) });
    const iso = await downloadIso(api, infraEnvId, folder);

    const [before, after] = [await digestsOfFiles(base, folder), await digestsOfFiles(iso, folder)];
    const differing = Object.keys(after).filter((path) => after[path] !== before[path]);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(differing.toSorted()).toEqual(['EFI/redhat/grub.cfg', 'images/ignition.img', 'isolinux/isolinux.cfg']);

    expect(await ignitionIn(iso, folder)).toBe((await download(api, infraEnvId)).text);
    for (const path of ['/EFI/redhat/grub.cfg', '/isolinux/isolinux.cfg']) {
      expect(await textIn(iso, path, folder)).toContain(`${[kernelArguments, ...added].join(' ')}\n##`);
    }
  });

  it('is the same whether S3 composes it, a stream is patched, or a file in place; and that can be undone', async () => {
    const infraEnvId = await composedFor(append(added));
    const iso = await readFile(await downloadIso(api, infraEnvId, folder));

    const ignition = Buffer.from((await download(api, infraEnvId)).text);
    const patches = imagePatches(await readIsoLayout(imageOf(baseBytes)), { ignition, kernelArguments: added });
    const chunk = 1_000_003;
    const streamed: Uint8Array[] = [];
    for (let start = 0; start < baseBytes.length; start += chunk) {
      streamed.push(applyPatches({ start, bytes: baseBytes.subarray(start, start + chunk) }, patches));
    }

    const local = join(folder, 'agent-ove.x86_64.iso');
    await copyFile(base, local);
    const surroundings = {
      say: () => undefined,
      signal: new AbortController().signal,
      token: undefined,
      signer: () => Promise.reject(new Error('nobody signs here')),
    };
    const words = ['patch', local, '--infra-env', infraEnvId, '--api', url];
    await runIsoCommand(words, surroundings);

    expect(sha256(iso)).not.toBe(sha256(baseBytes));
    expect(sha256(Buffer.concat(streamed))).toBe(sha256(iso));
    expect(sha256(await readFile(local))).toBe(sha256(iso));
    await runIsoCommand(['restore', local], surroundings);
    expect(sha256(await readFile(local))).toBe(sha256(baseBytes));
  });

  it('is made without its content passing through a function, but for the surroundings of the patches', async () => {
    const parts = watchS3Parts();
    const infraEnvId = await composedFor(append(added));
    expect([parts.uploaded, parts.copied]).toEqual([2, 2]);
    expect(parts.bytesUploaded).toBeLessThan(10.1 * 1024 * 1024);
    expect(await isoKeysOf(artifactsBucket, infraEnvId)).toHaveLength(1);
  });

  /** Stops S3 at the first copy into the artifacts bucket. */
  const heldUp = () => {
    const calls = watchS3();
    const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    calls.before('UploadPartCopyCommand', async ({ input }) => {
      if (input.Bucket !== artifactsBucket) return;
      begun.resolve();
      await goOn.promise;
    });
    return { begun: begun.promise, goOn: () => goOn.resolve() };
  };

  it('is asked for again while it is composed, then downloaded, and the download resumed', async () => {
    const { begun, goOn } = heldUp();
    const { infraEnvId } = await createBoth(api, '4.20.3', append(added));
    await begun;
    const early = await askForIso(api, infraEnvId);
    expect([early.status, early.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
    expect(early.headers.get('cache-control')).toBe('no-store');
    expect(await early.json()).toMatchObject({
      reason: 'the ISO is being composed, 2 of 4 parts are there: ask again in a few seconds',
    });
    goOn();

    await isoReady(api, infraEnvId);
    const probe = await askForIso(api, infraEnvId, 'HEAD');
    const head = await fetch(probe.headers.get('location') ?? '', { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(baseBytes.length));
    expect(head.headers.get('content-disposition')).toBe('attachment; filename="agent-ove.x86_64.iso"');
    const link = (await askForIso(api, infraEnvId)).headers.get('location') ?? '';
    const half = Math.floor(baseBytes.length / 2);
    const parts = [`bytes=0-${half - 1}`, `bytes=${half}-`].map(async (range) => {
      const answer = await fetch(link, { headers: { range } });
      expect(answer.status).toBe(206);
      return Buffer.from(await answer.arrayBuffer());
    });
    const iso = await readFile(await downloadIso(api, infraEnvId, folder));
    expect(Buffer.concat(await Promise.all(parts)).equals(iso)).toBe(true);
  });

  it('is waited for by curl, which then goes on where an earlier download broke off', async () => {
    const { begun, goOn } = heldUp();
    const { infraEnvId } = await createBoth(api, '4.20.3');
    await begun;
    const path = join(folder, 'broken-off.iso');
    const broughtBefore = Buffer.alloc(1_000_000, 'brought before');
    await writeFile(path, broughtBefore);
    const { download_url } = (await api.get(`/v2/infra-envs/${infraEnvId}`)).body;
    const curl = execa('curl', [
      '--no-progress-meter',
      '-f',
      '--retry',
      '60',
      '-L',
      '-C',
      '-',
      '-o',
      path,
      download_url,
    ]);
    for await (const line of curl.iterable({ from: 'stderr' })) if (/Will retry/.test(line)) goOn();
    await curl;
    const iso = await readFile(await downloadIso(api, infraEnvId, folder));
    const expected = Buffer.concat([broughtBefore, iso.subarray(broughtBefore.length)]);
    expect((await readFile(path)).equals(expected)).toBe(true);
  });

  it('is another one after a change, and the earlier one goes', async () => {
    const infraEnvId = await composedFor();
    const [earlier] = await isoKeysOf(artifactsBucket, infraEnvId);
    expect((await api.patch(`/v2/infra-envs/${infraEnvId}`, { ssh_authorized_key: sshKey('new') })).status).toBe(201);
    await composed(api, infraEnvId, 2);
    const keys = await isoKeysOf(artifactsBucket, infraEnvId);
    expect(keys).toHaveLength(1);
    expect(keys).not.toContain(earlier);
    const iso = await downloadIso(api, infraEnvId, folder);
    expect(await ignitionIn(iso, folder)).toBe((await download(api, infraEnvId)).text);
  });

  it('serves another revision that asks for the same', async () => {
    const infraEnvId = await composedFor();
    const calls = watchS3();
    expect((await api.patch(`/v2/infra-envs/${infraEnvId}`, { pull_secret: pullSecret })).status).toBe(201);
    await isoReady(api, infraEnvId);
    expect(calls.count('CreateMultipartUploadCommand')).toBe(0);
  });

  it('is that of the last change when one comes while it is composed', async () => {
    const { begun, goOn } = heldUp();
    const { infraEnvId } = await createBoth(api, '4.20.3');
    await begun;
    expect((await api.patch(`/v2/infra-envs/${infraEnvId}`, append(added))).status).toBe(201);
    goOn();
    await isoReady(api, infraEnvId);
    await noUploads(artifactsBucket);
    expect(await isoKeysOf(artifactsBucket, infraEnvId)).toHaveLength(1);
    const iso = await downloadIso(api, infraEnvId, folder);
    expect(await textIn(iso, '/EFI/redhat/grub.cfg', folder)).toContain(added.join(' '));
    const isoEvents = async () =>
      (await eventsOf(api, `infra_env_id=${infraEnvId}`))
        .map(({ name }) => name)
        .filter((name) => name.startsWith('iso_'));
    await expect.poll(isoEvents).toEqual(['iso_composed']);
  });

  it('of an infra-env that is deleted while it is composed leaves nothing', async () => {
    const { begun, goOn } = heldUp();
    const { infraEnvId } = await createBoth(api, '4.20.3');
    await begun;
    expect((await api.delete(`/v2/infra-envs/${infraEnvId}`)).status).toBe(204);
    goOn();
    await noUploads(artifactsBucket);
    expect(await isoKeysOf(artifactsBucket, infraEnvId)).toEqual([]);
  });

  it('goes with the infra-env', async () => {
    const infraEnvId = await composedFor();
    expect((await api.delete(`/v2/infra-envs/${infraEnvId}`)).status).toBe(204);
    expect(await isoKeysOf(artifactsBucket, infraEnvId)).toEqual([]);
  });

  it('is refused, with the way out, as long as the release has no base ISO', async () => {
    const { infraEnvId } = await createBoth(api, '4.20.4');
    const answer = await askForIso(api, infraEnvId);
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('npx ove release add-iso 4.20.4');
    // Nothing may be composed for it once the release has a base ISO.
    expect((await api.delete(`/v2/infra-envs/${infraEnvId}`)).status).toBe(204);
  });

  it('is not composed of two base ISOs when one replaces the other meanwhile, and is asked for again', async () => {
    const path = join(folder, 'second.iso');
    await writeFile(path, baseBytes);
    await operate('add-iso', '4.20.4', '--file', path);
    await writeFile(
      path,
      changed(baseBytes, (bytes) => bytes.write('1999', 16 * 2048 + 813)),
    );

    const { begun, goOn } = heldUp();
    const { infraEnvId } = await createBoth(api, '4.20.4');
    await begun;
    await operate('add-iso', '4.20.4', '--file', path);
    goOn();

    const reason = 'the base ISO of release 4.20.4 is not the one that was added: if an operator is replacing it';
    expect(await compositionFailure(api, infraEnvId)).toContain(
      `Failed to compose the ISO of revision 1. Error: ${reason}`,
    );
    const answer = await askForIso(api, infraEnvId);
    expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining(reason)]);
    expect(await isoKeysOf(artifactsBucket, infraEnvId)).toEqual([]);
  });

  it('is not composed of a base ISO that is gone, which is said as of one that was replaced', async () => {
    const release = await releaseStore({ client: dynamoDb(), tableName }).get('4.20.4', {});
    await s3().send(new DeleteObjectCommand({ Bucket: releasesBucket, Key: release?.baseIso?.key }));
    const { infraEnvId } = await createBoth(api, '4.20.4');
    expect(await compositionFailure(api, infraEnvId)).toContain('is not the one that was added');
  });

  it('is composed again for whoever asks once S3 has let it expire', async () => {
    const infraEnvId = await composedFor();
    for (const Key of await isoKeysOf(artifactsBucket, infraEnvId)) {
      await s3().send(new DeleteObjectCommand({ Bucket: artifactsBucket, Key }));
    }
    expect((await askForIso(api, infraEnvId)).status).toBe(503);
    await isoReady(api, infraEnvId);
  });

  it('is left for the next hour once so many were composed for its owner, which is said to whoever asks', async () => {
    // Of this hour and of the next one, which may begin meanwhile.
    for (const later of [0, 60 * 60_000]) await exhaustQuota({ tableName, clock: () => new Date(Date.now() + later) });
    const { infraEnvId } = await createBoth(api, '4.20.3');
    const answer = await vi.waitFor(async () => {
      const asked = await askForIso(api, infraEnvId);
      expect(asked.status).toBe(429);
      return asked;
    }, patience);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({
      reason: expect.stringMatching(
        /^50 ISOs have been composed for you in this hour.* ask again after .*:00:00\.000Z/,
      ),
    });
    await expect
      .poll(() => countEvents(api, `infra_env_id=${infraEnvId}`, 'iso_composition_postponed'))
      .toBeGreaterThan(0);
    expect(await isoKeysOf(artifactsBucket, infraEnvId)).toEqual([]);
    expect((await download(api, infraEnvId)).status).toBe(200);
  });
});
