import { appendFile, copyFile, mkdir, readFile, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IsoLayout } from '#domain/iso/layout.ts';
import { readIsoLayout } from '#domain/iso/read-layout.ts';
import { changed, imageOf } from '#test/domain/iso/images.ts';
import { coreOsIso } from '#test/fakes/core-os-iso.ts';
import { fileServer } from '#test/fakes/file-server.ts';
import { aRelease } from '#test/fakes/records.ts';
import { signingKey } from '#test/fakes/release-key.ts';
import { watchS3 } from '#test/fakes/s3-calls.ts';
import { sharedFolder, temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { makeInstaller } from '#test/stand-ins/openshift-install/make-installer.ts';
import { hasTools } from '#test/tools.ts';
import { localStack } from './local-stack.ts';
import { operator } from './operator.ts';

const stack = await localStack();
const { releaseKey } = await signingKey();
const { run } = operator({ data: stack.data, releaseKey });
const version = '4.20.3';
const mebibyte = 1024 * 1024;

const baseIso = async () => (await stack.releases.get(version))?.baseIso;
const isoKeys = async () => (await stack.keys()).filter((key) => key.startsWith(`isos/${version}/`));

beforeEach(async () => {
  await stack.abortUploads();
  for (const release of await stack.releases.all()) await run(['remove', release.version, '--force']);
  await stack.releases.add(aRelease(version));
});

describe.runIf(hasTools('xorriso'))('the base ISO of a release', () => {
  let folder: string;
  let iso: string;
  let content: Buffer;
  let layout: IsoLayout;
  beforeAll(async () => {
    folder = await sharedFolder();
    iso = await coreOsIso({ folder });
    content = await readFile(iso);
    layout = await readIsoLayout(imageOf(content));
  });

  const addFile = (path = iso) => run(['add-iso', version, '--file', path]);
  const addUrl = (url: string) => run(['add-iso', version, '--url', url]);

  /** The ISO with zeros behind it: 70 MiB, which are 2 parts. */
  const longIso = async (): Promise<string> => {
    const path = join(await temporaryFolder(), 'long.iso');
    await copyFile(iso, path);
    await truncate(path, 70 * mebibyte);
    return path;
  };

  /** Another build: as large, but made at another time. */
  const otherContent = () => changed(content, (bytes) => bytes.write('1999', 16 * 2048 + 813));

  const put = async (bytes: Buffer): Promise<string> => {
    const path = join(await temporaryFolder(), 'agent-ove.x86_64.iso');
    await writeFile(path, bytes);
    return path;
  };

  const expectAdded = async (bytes = content): Promise<void> => {
    const added = (await baseIso()) ?? expect.fail('no base ISO');
    expect(added).toMatchObject({ size: bytes.length, layout, addedAt: '2026-03-01T12:00:00.000Z' });
    expect(await isoKeys()).toEqual([added.key]);
    expect((await stack.read(added.key)).equals(bytes)).toBe(true);
    expect(await stack.unfinishedUploads()).toBe(0);
  };

  describe('in a file', () => {
    it('is stored and examined', async () => {
      expect(await addFile()).toEqual({
        said: [`added the base ISO of ${version} (rhcos-9.6.20250826-1, 0.0 GB)`],
        failed: undefined,
      });
      await expectAdded();
    });

    it('that is given again changes nothing', async () => {
      await addFile();
      const calls = watchS3();
      expect((await addFile()).said).toEqual([`the base ISO of ${version} is there already: nothing to do`]);
      expect(calls.bytes.uploaded).toBe(0);
    });

    it('that was stored by a run which died before its record is not brought again', async () => {
      await addFile();
      await stack.releases.add(aRelease(version));
      const calls = watchS3();
      expect((await addFile()).said).toEqual([expect.stringContaining(`added the base ISO of ${version}`)]);
      expect(calls.bytes.uploaded).toBe(0);
      await expectAdded();
    });

    it('that has gone from the bucket is put there again', async () => {
      await addFile();
      await run(['remove', version]);
      await stack.releases.add(aRelease(version));
      await addFile();
      await expectAdded();
    });

    it('takes the place of another one, which goes when no record names it any more', async () => {
      await addFile();
      const { key: earlier = '' } = (await baseIso()) ?? {};
      const calls = watchS3();
      const named: unknown[] = [];
      calls.before('DeleteObjectsCommand', async () => named.push((await baseIso())?.key));
      await addFile(await put(otherContent()));
      expect(calls.inputs('DeleteObjectsCommand')).toMatchObject([{ Delete: { Objects: [{ Key: earlier }] } }]);
      expect(named).toEqual([expect.not.stringMatching(earlier)]);
      await expectAdded(otherContent());
    });

    it('cannot be read when there is none', async () => {
      expect((await addFile('/nowhere/a.iso')).failed).toBe(
        'release: /nowhere/a.iso cannot be read: there is no such file',
      );
      expect((await addFile(folder)).failed).toBe(`release: ${folder} cannot be read: it is no file`);
    });

    it.each<[string, (path: string) => Promise<void>]>([
      ['grows', (path) => appendFile(path, 'more')],
      ['shrinks', (path) => truncate(path, mebibyte)],
      ['is written anew', (path) => utimes(path, new Date(), new Date())],
    ])('that %s while it is read is not added', async (_, change) => {
      const path = await put(content);
      const calls = watchS3();
      calls.before('CreateMultipartUploadCommand', () => change(path));
      expect((await addFile(path)).failed).toBe(
        `release: ${path} was changed while it was read: start again when it is complete`,
      );
      expect(await baseIso()).toBeUndefined();
      expect(await isoKeys()).toEqual([]);
    });
  });

  describe('on a web server', () => {
    it('is read in ranges and stored', async () => {
      const server = await fileServer({ content });
      expect((await addUrl(server.url)).failed).toBeUndefined();
      await expectAdded();
      expect(server.asked.every((range) => /^bytes=\d+-\d+$/.test(range))).toBe(true);
    });

    it('is got although connections are dropped', async () => {
      const server = await fileServer({ content, drops: 2 });
      expect((await addUrl(server.url)).failed).toBeUndefined();
      await expectAdded();
      expect(server.asked.filter((range) => range === `bytes=0-${content.length - 1}`)).toHaveLength(3);
    });

    it('is not got when they are dropped again and again; the next run goes on', async () => {
      const server = await fileServer({ content, drops: 3 });
      const { failed } = await addUrl(`${server.url}?signature=abc`);
      expect(failed).toMatch(/agent-ove\.x86_64\.iso cannot be downloaded \(.+, 3 times\): try again later/);
      expect(failed).not.toContain('signature');
      expect(await baseIso()).toBeUndefined();
      await addUrl(server.url);
      await expectAdded();
    });

    const refused: readonly (readonly [string, Parameters<typeof fileServer>[0], string])[] = [
      ['gives no ranges', { content: Buffer.alloc(0), ignoresRanges: true }, 'gives no ranges of it: download the ISO'],
      ['does not tell one file from another', { content: Buffer.alloc(9), isSilent: true }, 'tells neither ETag nor'],
      ['sends more than it was asked for', { content: Buffer.alloc(9), sendsMore: true }, 'the server sends more than'],
      ['has an empty file', { content: Buffer.alloc(0) }, 'this is no ISO 9660 image'],
    ];

    it.each(refused)('is refused when the server %s', async (_, server, reason) => {
      expect((await addUrl((await fileServer(server)).url)).failed).toContain(reason);
      expect(await baseIso()).toBeUndefined();
    });

    it('is refused when it is not there', async () => {
      const { url } = await fileServer({ content });
      expect((await addUrl(url.replace('agent-ove', 'other'))).failed).toMatch(/is not there, or not for everyone/);
    });

    it.each<[string, () => Buffer]>([
      ['another', otherContent],
      ['a shorter one', () => content.subarray(0, 100)],
      ['a longer one', () => Buffer.concat([content, Buffer.alloc(2048)])],
    ])('is not mixed with %s that takes its place', async (_, replacement) => {
      const server = await fileServer({ content });
      const calls = watchS3();
      calls.before('CreateMultipartUploadCommand', () => server.replace(replacement()));
      expect((await addUrl(server.url)).failed).toBe(
        `release: ${server.url} was replaced while it was read: start again`,
      );
      expect(await baseIso()).toBeUndefined();
    });
  });

  describe('in a bucket', () => {
    const given = async (bytes = content): Promise<string> => {
      const key = 'incoming/agent ove+1.iso';
      await stack.write(key, bytes);
      return `s3://releases/${key}`;
    };
    const addObject = (address: string) => run(['add-iso', version, '--s3', address]);

    it('is copied inside S3: little more than the places that are examined passes this process', async () => {
      const address = await given(await readFile(await longIso()));
      const calls = watchS3();
      expect((await addObject(address)).failed).toBeUndefined();
      expect(calls.count('UploadPartCopyCommand')).toBe(2);
      expect(calls.bytes).toEqual({ uploaded: 0, read: expect.any(Number) });
      expect(calls.bytes.read).toBeLessThan(mebibyte / 2);
      const { key = '' } = (await baseIso()) ?? {};
      expect((await stack.read(key)).equals(await readFile(await longIso()))).toBe(true);
    });

    it('is read and uploaded when S3 copies no part of so small an object', async () => {
      const small = await coreOsIso({
        folder,
        files: { 'agent/data-1.bin': 'little', 'images/pxeboot/rootfs.img': 'little' },
      });
      const bytes = await readFile(small);
      expect(bytes.length).toBeLessThan(5 * mebibyte);
      const calls = watchS3();
      expect((await addObject(await given(bytes))).failed).toBeUndefined();
      expect(calls.bytes.uploaded).toBe(bytes.length + bytes.length);
    });

    it('is not mixed with another that takes its place', async () => {
      const address = await given();
      const calls = watchS3();
      calls.before('CreateMultipartUploadCommand', () => given(otherContent()));
      expect((await addObject(address)).failed).toBe(
        `release: ${address} cannot be read: it was replaced while it was read`,
      );
      expect(await baseIso()).toBeUndefined();
    });

    it('is refused when it is not there', async () => {
      expect((await addObject('s3://releases/none.iso')).failed).toBe(
        'release: s3://releases/none.iso cannot be read: there is no such object',
      );
      expect((await addObject('s3://elsewhere/none.iso')).failed).toContain('there is no such object');
    });
  });

  describe('whose upload was interrupted', () => {
    /** Lets the first part arrive, then the line breaks. */
    const interruptedRun = async (path: string) => {
      const calls = watchS3();
      const first = Promise.withResolvers<void>();
      calls.before('UploadPartCommand', async ({ input }) => {
        if (input.PartNumber === 1) return;
        await first.promise;
        throw Object.assign(new Error('the line broke'), { name: 'TimeoutError' });
      });
      const progress = { of: () => () => first.resolve(), clear: () => undefined };
      const { failed } = await run(['add-iso', version, '--file', path], { progress });
      calls.end();
      return failed;
    };

    it('says how to go on, and does not bring again what is there', async () => {
      const path = await longIso();
      expect(await interruptedRun(path)).toBe(
        `release: the ISO of ${version} did not arrive whole (TimeoutError): the same command goes on where this one ended`,
      );
      expect(await stack.unfinishedUploads()).toBe(1);
      const calls = watchS3();
      await addFile(path);
      expect(calls.inputs('UploadPartCommand')).toMatchObject([{ PartNumber: 2 }]);
      expect(calls.count('CreateMultipartUploadCommand')).toBe(0);
      await expectAdded(await readFile(path));
    });

    it('begins anew when the file is another by then', async () => {
      const path = await longIso();
      await interruptedRun(path);
      await utimes(path, new Date(), new Date());
      const calls = watchS3();
      await addFile(path);
      expect(calls.count('UploadPartCommand')).toBe(2);
    });

    it('by its operator ends at once', async () => {
      const path = await longIso();
      const stopped = new AbortController();
      const calls = watchS3();
      calls.before('UploadPartCommand', () => stopped.abort(new Error('stopped by SIGINT')));
      const { failed } = await run(['add-iso', version, '--file', path], { signal: stopped.signal });
      expect(failed).toBe('release: stopped by SIGINT');
      expect(await baseIso()).toBeUndefined();
    });
  });

  describe('that is none of this release is refused', () => {
    const kernelFor = (machine: number): Buffer => {
      const bytes = Buffer.alloc(4096);
      bytes.write('MZ');
      bytes.writeUInt32LE(0x80, 0x3c);
      bytes.write('PE\0\0', 0x80, 'latin1');
      bytes.writeUInt16LE(machine, 0x84);
      return bytes;
    };
    const iso9660 = (options: Partial<Parameters<typeof coreOsIso>[0]>) => () => coreOsIso({ folder, ...options });
    const spoilt = (change: (bytes: Buffer) => void) => async () => put(changed(content, change));

    it.each<[string, () => Promise<string>, string]>([
      [
        'for it is no ISO',
        () => put(Buffer.alloc(mebibyte)),
        'this is no ISO 9660 image: it has no volume descriptor in sector 16',
      ],
      [
        'for it has no room for an ignition',
        iso9660({ files: { 'coreos/igninfo.json': undefined, 'images/ignition.img': undefined } }),
        'the ISO has no room for an ignition: it has neither /coreos/igninfo.json nor /images/ignition.img',
      ],
      [
        'for it is not of CoreOS',
        iso9660({ volumeId: 'RHEL-9-6-0-BaseOS-x86_64' }),
        'the ISO is no CoreOS one: its volume id is "RHEL-9-6-0-BaseOS-x86_64", which starts with none of rhcos-, scos-, fedora-coreos-',
      ],
      [
        'for its volume id is of another version',
        iso9660({ volumeId: 'rhcos-416.94.202404301731-0' }),
        'the ISO (rhcos-416.94.202404301731-0) is of OpenShift 4.16, not of 4.20.3: name the release that it belongs to',
      ],
      [
        'for its kernel is of another CPU',
        iso9660({ files: { 'images/pxeboot/vmlinuz': kernelFor(0xaa64) } }),
        'the ISO is for arm64, not for x86_64: name the release that it belongs to',
      ],
      [
        'for it is cut off',
        async () => put(content.subarray(0, content.length - 10 * mebibyte)),
        'bytes of its volume; get it again',
      ],
      [
        'for a byte of igninfo.json is wrong',
        spoilt((bytes) => bytes.write('[', bytes.indexOf('{"file":"images'))),
        'the ISO is damaged: /coreos/igninfo.json is no JSON',
      ],
      [
        'for a file was moved',
        spoilt((bytes) => bytes.write('xmages', bytes.indexOf('{"file":"images') + 9)),
        '/coreos/igninfo.json names xmages/ignition.img, which is not in the ISO',
      ],
    ])('%s', async (_, make, reason) => {
      const calls = watchS3();
      expect((await addFile(await make())).failed).toContain(reason);
      expect(calls.count('CreateMultipartUploadCommand')).toBe(0);
      expect(await baseIso()).toBeUndefined();
    });

    it('and one of a release that is not known', async () => {
      expect((await run(['add-iso', '4.20.4', '--file', iso])).failed).toBe(
        `release: 4.20.4 is not in the local stack in ${stack.data}: add it first with \`npm run release -- add 4.20.4 --data ${stack.data}\``,
      );
    });

    it('and one whose release is removed meanwhile', async () => {
      const calls = watchS3();
      calls.before('CompleteMultipartUploadCommand', () => run(['remove', version]));
      expect((await addFile()).failed).toContain(`${version} is not in the local stack`);
      expect((await run(['remove', version])).failed).toBeUndefined();
      expect(await isoKeys()).toEqual([]);
    });
  });

  describe('in the catalogue', () => {
    const installer = async (more: string): Promise<string> => {
      const path = await makeInstaller({ dir: await temporaryFolder(), version, generation: 'G2' });
      await appendFile(path, more);
      return path;
    };

    beforeEach(async () => {
      await run(['remove', version]);
      await run(['add', '--file', await installer('')]);
      await addFile();
    });

    it('is shown by list', async () => {
      const { said } = await run(['list']);
      expect(said.map((line) => line.split(/ {2,}/)[6])).toEqual(['ISO', '0.0 GB']);
    });

    it('stays when another installer of the release is added', async () => {
      const before = await baseIso();
      expect((await run(['add', '--file', await installer('//\n')])).said).toEqual([
        expect.stringContaining('updated'),
      ]);
      expect(await baseIso()).toEqual(before);
      await expectAdded();
    });

    it('stays when it was added while an installer was being packed', async () => {
      const { baseIso: _, ...release } = (await stack.releases.get(version)) ?? expect.fail('no release');
      await stack.releases.add(release);
      const path = await installer('//\n');
      const calls = watchS3();
      calls.before('PutObjectCommand', () => addFile());
      await run(['add', '--file', path]);
      await expectAdded();
    });

    it('is looked for by verify', async () => {
      expect((await run(['verify'])).said).toEqual([`${version}  intact  ISO intact`]);
      await stack.write((await baseIso())?.key ?? '', 'something else');
      const { said, failed } = await run(['verify']);
      expect(said).toEqual([`${version}  intact  ISO missing`]);
      expect(failed).toBe(
        `release: without the ISO that was added: ${version}: put each there again with \`npm run release -- add-iso VERSION\``,
      );
    });

    it('goes with its release', async () => {
      await run(['remove', version]);
      expect(await isoKeys()).toEqual([]);
    });
  });

  it('is not added to a bucket that is gone', async () => {
    const data = join(await temporaryFolder(), 'data');
    await mkdir(data);
    const running = JSON.parse(await readFile(join(stack.data, 'stack.json'), 'utf8'));
    running.outputs.ReleasesBucket = 'absent';
    await writeFile(join(data, 'stack.json'), JSON.stringify(running));
    const elsewhere = operator({ data, releaseKey });
    expect((await elsewhere.run(['add-iso', version, '--file', iso])).failed).toMatch(
      /bucket.*deploy the stack again/i,
    );
  });
});
