import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { cpioArchive } from '#domain/ignition/cpio.ts';
import { readConfigImage } from '#domain/installation/config-archive.ts';
import { readCpio } from '#domain/installation/cpio-reader.ts';
import { xorriso } from '#local/sample-release/core-os-iso.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { hasTools } from '#test/tools.ts';

const entries = [
  { name: '/etc/assisted/manifests/infraenv.yaml', mode: 0o600, content: Buffer.from('a: b\n') },
  { name: '/etc/issue', mode: 0o644, content: Buffer.from('') },
  { name: '/opt/agent/tls/x.key', mode: 0o600, content: Buffer.from([0, 255, 1]) },
];

const found = entries.map(({ name: path, ...entry }) => ({ path, ...entry }));

describe('an archive in cpio format', () => {
  it('is read with the modes and bytes of its files', () => {
    expect(readCpio(cpioArchive(entries))).toEqual(found);
  });

  it('may have directories, and names without a slash', () => {
    const archive = cpioArchive([
      { type: 'directory', name: './etc', mode: 0o755, content: Buffer.alloc(0) },
      { name: './etc/issue', mode: 0o644, content: Buffer.from('x') },
    ]);
    expect(readCpio(archive)).toEqual([{ path: '/etc/issue', mode: 0o644, content: Buffer.from('x') }]);
  });

  it.each([
    [
      'holds a link',
      cpioArchive([{ type: 'link', name: '/a', mode: 0o777, content: Buffer.from('/etc/shadow') }]),
      'holds a link or a device',
    ],
    ['is cut off', cpioArchive(entries).subarray(0, 150), 'is cut off'],
    ['has no end', cpioArchive(entries).subarray(0, -124), 'has something else where a file has to begin'],
    ['is something else', Buffer.from('hello'), 'has something else where a file has to begin'],
  ])('is refused where it %s', (_, archive, reason) => {
    expect(() => readCpio(archive)).toThrow(reason);
  });

  it('is refused or read, whatever byte of it is another', () => {
    const archive = cpioArchive(entries.slice(0, 1));
    for (let at = 0; at < archive.length; at += 1) {
      const damaged = Buffer.from(archive);
      damaged[at] = 0x39;
      expect(() => {
        try {
          readCpio(damaged);
        } catch (error) {
          expect(error).toHaveProperty('message', expect.stringMatching(/^the archive of the configuration image /));
        }
      }).not.toThrow();
    }
  });

  it.runIf(hasTools('cpio'))('is read as cpio writes it', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'issue'), 'hello\n', { mode: 0o600 });
    const { stdout } = await execa({ cwd: folder, encoding: 'buffer', input: 'issue\n' })`cpio -o -H newc --quiet`;
    expect(readCpio(Buffer.from(stdout))).toEqual([{ path: '/issue', mode: 0o600, content: Buffer.from('hello\n') }]);
  });
});

describe.runIf(hasTools('xorriso'))('a configuration image', () => {
  const image = async (content: Uint8Array, { label = 'agent_configimage', name = 'config.gz' } = {}) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, name), content);
    const path = join(folder, 'agentconfig.noarch.iso');
    await xorriso('-as', 'mkisofs', '-R', '-V', label, '-o', path, '-graft-points', `/${name}=${join(folder, name)}`);
    return readFile(path);
  };

  it('is read', async () => {
    expect(await readConfigImage(await image(gzipSync(cpioArchive(entries))))).toEqual(found);
  });

  it.each([
    ['has another label', { label: 'other' }, gzipSync(''), 'wrote an image that is not a configuration'],
    ['has no archive', { name: 'other.gz' }, gzipSync(''), 'has no archive'],
    ['has an archive that is not packed', {}, Buffer.from('hello'), 'cannot be unpacked'],
    ['has an archive that grows without end', {}, gzipSync(Buffer.alloc(17 * 1024 * 1024)), 'cannot be unpacked'],
  ])('is refused where it %s', async (_, options, content, reason) => {
    await expect(readConfigImage(await image(content, options))).rejects.toThrow(reason);
  });
});
