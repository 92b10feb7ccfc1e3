import { appendFile, mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentProgress } from '#cli/progress.ts';
import { coreOsIso } from '#local/sample-release/core-os-iso.ts';
import { makeInstaller } from '#local/sample-release/openshift-install/make-installer.ts';
import { changed } from '#test/domain/iso/images.ts';
import { aRelease } from '#test/fakes/records.ts';
import { watchS3 } from '#test/fakes/s3-calls.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { hasTools } from '#test/tools.ts';
import { type GivenIso, givenIso, isoOperator, longIso, mebibyte, put, version } from './iso-operator.ts';
import { operator, withoutOpenQuestions } from './operator.ts';

const { stack, releaseKey, run, baseIso, isoKeys, addFile, expectAdded } = await isoOperator();

describe.runIf(hasTools('xorriso'))('the base ISO of a release', () => {
  let iso: GivenIso;
  beforeAll(async () => {
    iso = await givenIso();
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
      const progress = { ...silentProgress, of: () => () => first.resolve() };
      const { failed } = await run(['add-iso', version, '--file', path], { progress });
      calls.end();
      return failed;
    };

    it('says how to go on, and does not bring again what is there', async () => {
      const path = await longIso(iso);
      expect(await interruptedRun(path)).toBe(
        `release: the ISO of ${version} did not arrive whole (TimeoutError): the same command goes on where this one ended`,
      );
      expect(await stack.unfinishedUploads()).toBe(1);
      const calls = watchS3();
      await addFile(path);
      expect(calls.inputs('UploadPartCommand')).toMatchObject([{ PartNumber: 2 }]);
      expect(calls.count('CreateMultipartUploadCommand')).toBe(0);
      await expectAdded({ ...iso, content: await readFile(path) });
    });

    it('begins anew when the file is another by then', async () => {
      const path = await longIso(iso);
      await interruptedRun(path);
      await utimes(path, new Date(), new Date());
      const calls = watchS3();
      await addFile(path);
      expect(calls.count('UploadPartCommand')).toBe(2);
    });

    it('by its operator ends at once', async () => {
      const path = await longIso(iso);
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
    const iso9660 = (options: Partial<Parameters<typeof coreOsIso>[0]>) => () =>
      coreOsIso({ folder: iso.folder, ...options });
    const spoilt = (change: (bytes: Buffer) => void) => async () => put(changed(iso.content, change));

    it.each<[string, () => Promise<string>, string]>([
      [
        'for it is not an ISO',
        () => put(Buffer.alloc(mebibyte)),
        'this is not an ISO 9660 image: it has no volume descriptor in sector 16',
      ],
      [
        'for it has no room for an ignition',
        iso9660({ files: { 'coreos/igninfo.json': undefined, 'images/ignition.img': undefined } }),
        'the ISO has no room for an ignition: it has neither /coreos/igninfo.json nor /images/ignition.img',
      ],
      [
        'for it is not of CoreOS',
        iso9660({ volumeId: 'RHEL-9-6-0-BaseOS-x86_64' }),
        'this is not a CoreOS ISO: its volume id is "RHEL-9-6-0-BaseOS-x86_64", which starts with none of rhcos-, scos-, fedora-coreos-',
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
        async () => put(iso.content.subarray(0, iso.content.length - 10 * mebibyte)),
        'bytes of its volume; get it again',
      ],
      [
        'for a byte of igninfo.json is wrong',
        spoilt((bytes) => bytes.write('[', bytes.indexOf('{"file":"images'))),
        'the ISO is damaged: /coreos/igninfo.json is not JSON',
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
      expect((await run(['add-iso', '4.20.4', '--file', iso.path])).failed).toBe(
        `release: 4.20.4 is not in the local stack in ${stack.data}: add it first with \`npx ove release add 4.20.4 --data ${stack.data}\``,
      );
    });

    it('and one whose release is removed meanwhile', async () => {
      const calls = watchS3();
      calls.before('CompleteMultipartUploadCommand', () => run(['remove', version]));
      expect((await addFile(iso.path)).failed).toContain(`${version} is not in the local stack`);
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
      await addFile(iso.path);
    });

    it('is shown by list', async () => {
      const { said } = await run(['list']);
      expect(said.map((line) => line.split(/ {2,}/)[6])).toEqual(['ISO', '21 MB']);
    });

    it('stays when another installer of the release is added', async () => {
      const before = await baseIso();
      expect((await run(['add', '--file', await installer('//\n')])).said).toEqual([
        expect.stringContaining('updated'),
      ]);
      expect(await baseIso()).toEqual(before);
      await expectAdded(iso);
    });

    it('stays when it was added while an installer was being packed', async () => {
      const { baseIso: _, ...release } = (await stack.releases.get(version, {})) ?? expect.fail('no release');
      await stack.releases.add(release);
      const path = await installer('//\n');
      const calls = watchS3();
      calls.before('PutObjectCommand', () => addFile(iso.path));
      await run(['add', '--file', path]);
      await expectAdded(iso);
    });

    it('is compared by verify with the checksum of the whole, and stored again if it is another', async () => {
      const release = (await stack.releases.get(version, {})) ?? expect.fail('no release');
      const { baseIso: added = expect.fail('no ISO') } = release;
      await stack.releases.add({ ...release, baseIso: { ...added, crc32: 'AAAAAA==' } });
      const { said, failed } = await run(['verify']);
      expect(withoutOpenQuestions(said)).toEqual([`${version}  intact  ISO damaged`]);
      expect(failed).toContain(`without the ISO that was added: ${version}`);
      expect((await addFile(iso.path)).said).toEqual([expect.stringContaining('added the base ISO')]);
      expect(await baseIso()).toMatchObject({ crc32: added.crc32, etag: added.etag });
    });

    it('does not go on with an upload of an earlier version, which would take no checksums', async () => {
      const { key, crc32 } = (await baseIso()) ?? expect.fail('no ISO');
      await run(['remove', version, '--force']);
      await stack.releases.add(aRelease(version));
      await stack.beginUpload(key);
      await addFile(iso.path);
      expect(await baseIso()).toMatchObject({ key, crc32 });
      expect(await stack.unfinishedUploads()).toBe(1);
    });

    it('of an earlier version, which kept no checksum, is intact by its ETag', async () => {
      const release = (await stack.releases.get(version, {})) ?? expect.fail('no release');
      const { crc32: _, ...earlier } = release.baseIso ?? expect.fail('no ISO');
      await stack.releases.add({ ...release, baseIso: earlier });
      expect(withoutOpenQuestions((await run(['verify'])).said)).toEqual([`${version}  intact  ISO intact`]);
      expect((await addFile(iso.path)).said).toEqual([expect.stringContaining('is there already')]);
    });

    it('is looked for by verify', async () => {
      expect(withoutOpenQuestions((await run(['verify'])).said)).toEqual([`${version}  intact  ISO intact`]);
      await stack.write((await baseIso())?.key ?? '', 'something else');
      const { said, failed } = await run(['verify']);
      expect(withoutOpenQuestions(said)).toEqual([`${version}  intact  ISO missing`]);
      expect(failed).toBe(
        `release: without the ISO that was added: ${version}: put each there again with \`npx ove release add-iso VERSION\``,
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
    expect((await elsewhere.run(['add-iso', version, '--file', iso.path])).failed).toMatch(
      /bucket.*deploy the stack again/i,
    );
  });
});
