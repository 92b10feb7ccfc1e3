import { appendFile, readFile, truncate, utimes } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { coreOsIso } from '#local/sample-release/core-os-iso.ts';
import { changed } from '#test/domain/iso/images.ts';
import { fileServer } from '#test/fakes/file-server.ts';
import { aRelease } from '#test/fakes/records.ts';
import { watchS3 } from '#test/fakes/s3-calls.ts';
import { hasTools } from '#test/tools.ts';
import { type GivenIso, givenIso, isoOperator, longIso, mebibyte, put, version } from './iso-operator.ts';

const { stack, run, baseIso, isoKeys, addFile, expectAdded } = await isoOperator();
const addUrl = (url: string) => run(['add-iso', version, '--url', url]);

describe.runIf(hasTools('xorriso'))('the base ISO of a release', () => {
  let iso: GivenIso;
  beforeAll(async () => {
    iso = await givenIso();
  });

  /** Another build: as large, but made at another time. */
  const otherContent = () => changed(iso.content, (bytes) => bytes.write('1999', 16 * 2048 + 813));

  describe('in a file', () => {
    it('is stored and examined', async () => {
      const sum = crc32(iso.content).toString(16).padStart(8, '0');
      expect(await addFile(iso.path)).toEqual({
        said: [`added the base ISO of ${version} (rhcos-9.6.20250826-1, 21 MB, CRC-32 ${sum})`],
        failed: undefined,
      });
      await expectAdded(iso);
    });

    it('that is given again changes nothing', async () => {
      await addFile(iso.path);
      const calls = watchS3();
      expect((await addFile(iso.path)).said).toEqual([`the base ISO of ${version} is there already: nothing to do`]);
      expect(calls.bytes.uploaded).toBe(0);
    });

    it('that was stored by a run which died before its record is not brought again', async () => {
      await addFile(iso.path);
      await stack.releases.add(aRelease(version));
      const calls = watchS3();
      expect((await addFile(iso.path)).said).toEqual([expect.stringContaining(`added the base ISO of ${version}`)]);
      expect(calls.bytes.uploaded).toBe(0);
      await expectAdded(iso);
    });

    it('that has gone from the bucket is put there again', async () => {
      await addFile(iso.path);
      await run(['remove', version]);
      await stack.releases.add(aRelease(version));
      await addFile(iso.path);
      await expectAdded(iso);
    });

    it('takes the place of another one, which goes when no record names it any more', async () => {
      await addFile(iso.path);
      const { key: earlier = '' } = (await baseIso()) ?? {};
      const calls = watchS3();
      const named: unknown[] = [];
      calls.before('DeleteObjectsCommand', async () => named.push((await baseIso())?.key));
      await addFile(await put(otherContent()));
      expect(calls.inputs('DeleteObjectsCommand')).toMatchObject([{ Delete: { Objects: [{ Key: earlier }] } }]);
      expect(named).toEqual([expect.not.stringMatching(earlier)]);
      await expectAdded({ ...iso, content: otherContent() });
    });

    it('cannot be read when there is none', async () => {
      expect((await addFile('/nowhere/a.iso')).failed).toBe(
        'release: /nowhere/a.iso cannot be read: there is no such file',
      );
      expect((await addFile(iso.folder)).failed).toBe(`release: ${iso.folder} cannot be read: it is not a file`);
    });

    it.each<[string, (path: string) => Promise<void>]>([
      ['grows', (path) => appendFile(path, 'more')],
      ['shrinks', (path) => truncate(path, mebibyte)],
      ['is written anew', (path) => utimes(path, new Date(), new Date())],
    ])('that %s while it is read is not added', async (_, change) => {
      const path = await put(iso.content);
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
      const server = await fileServer({ content: iso.content });
      expect((await addUrl(server.url)).failed).toBeUndefined();
      await expectAdded(iso);
      expect(server.asked.every((range) => /^bytes=\d+-\d+$/.test(range))).toBe(true);
    });

    it('is got although connections are dropped', async () => {
      const server = await fileServer({ content: iso.content, drops: 2 });
      expect((await addUrl(server.url)).failed).toBeUndefined();
      await expectAdded(iso);
      expect(server.asked.filter((range) => range === `bytes=0-${iso.content.length - 1}`)).toHaveLength(3);
    });

    it('is not got when they are dropped again and again; the next run goes on', async () => {
      const server = await fileServer({ content: iso.content, drops: 3 });
      const { failed } = await addUrl(`${server.url}?signature=abc`);
      expect(failed).toMatch(/agent-ove\.x86_64\.iso cannot be downloaded \(.+, 3 times\): try again later/);
      expect(failed).not.toContain('signature');
      expect(await baseIso()).toBeUndefined();
      await addUrl(server.url);
      await expectAdded(iso);
    });

    const refused: readonly (readonly [string, Parameters<typeof fileServer>[0], string])[] = [
      ['gives no ranges', { content: Buffer.alloc(0), ignoresRanges: true }, 'does not serve ranges: download the ISO'],
      ['does not tell one file from another', { content: Buffer.alloc(9), isSilent: true }, 'sends neither ETag nor'],
      ['sends more than it was asked for', { content: Buffer.alloc(9), sendsMore: true }, 'the server sends more than'],
      ['has an empty file', { content: Buffer.alloc(0) }, 'this is not an ISO 9660 image'],
    ];

    it.each(refused)('is refused when the server %s', async (_, server, reason) => {
      expect((await addUrl((await fileServer(server)).url)).failed).toContain(reason);
      expect(await baseIso()).toBeUndefined();
    });

    it('is refused when it is not there', async () => {
      const { url } = await fileServer({ content: iso.content });
      expect((await addUrl(url.replace('agent-ove', 'other'))).failed).toMatch(/is not there, or not for everyone/);
    });

    it.each<[string, () => Buffer]>([
      ['another', otherContent],
      ['a shorter one', () => iso.content.subarray(0, 100)],
      ['a longer one', () => Buffer.concat([iso.content, Buffer.alloc(2048)])],
    ])('is not mixed with %s that takes its place', async (_, replacement) => {
      const server = await fileServer({ content: iso.content });
      const calls = watchS3();
      calls.before('CreateMultipartUploadCommand', () => server.replace(replacement()));
      expect((await addUrl(server.url)).failed).toBe(
        `release: ${server.url} was replaced while it was read: start again`,
      );
      expect(await baseIso()).toBeUndefined();
    });
  });

  describe('in a bucket', () => {
    const given = async (bytes = iso.content): Promise<string> => {
      const key = 'incoming/agent ove+1.iso';
      await stack.write(key, bytes);
      return `s3://releases/${key}`;
    };
    const addObject = (address: string) => run(['add-iso', version, '--s3', address]);

    it('is copied inside S3: little more than the places that are examined passes this process', async () => {
      const address = await given(await readFile(await longIso(iso)));
      const calls = watchS3();
      expect((await addObject(address)).failed).toBeUndefined();
      expect(calls.count('UploadPartCopyCommand')).toBe(2);
      expect(calls.bytes).toEqual({ uploaded: 0, read: expect.any(Number) });
      expect(calls.bytes.read).toBeLessThan(mebibyte / 2);
      const { key = '' } = (await baseIso()) ?? {};
      expect((await stack.read(key)).equals(await readFile(await longIso(iso)))).toBe(true);
    });

    it('is read and uploaded when S3 copies no part of so small an object', async () => {
      const small = await coreOsIso({
        folder: iso.folder,
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
});
