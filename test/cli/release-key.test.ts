import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readKey } from 'openpgp';
import { describe, expect, it } from 'vitest';
import { pinnedFingerprint, pinnedReleaseKey } from '#cli/release-key.ts';

const root = join(import.meta.dirname, '../..');

const sources = ['layers', 'cli', 'functions', 'cdk', 'local', 'emulators']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  )
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

const pathsWith = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

describe('the pinned release key', () => {
  it('is the committed one, and can verify signatures without an end', async () => {
    const { key, fingerprint } = await pinnedReleaseKey();
    expect(fingerprint).toBe(pinnedFingerprint.replaceAll(' ', '').toLowerCase());
    const armoredKey = readFileSync(join(root, 'cli/redhat-release-key-2.asc'), 'utf8');
    expect((await readKey({ armoredKey })).getFingerprint()).toBe(fingerprint);
    expect(key.isPrivate()).toBe(false);
    expect(await key.getExpirationTime()).toBe(Infinity);
    expect(key.getUserIDs()).toEqual(['Red Hat, Inc. (release key 2) <security@redhat.com>']);
  });

  it('is what the command and the local stack use, and no other key is read anywhere outside the tests', () => {
    expect(pathsWith(/readReleaseKey\(/)).toEqual(['cli/release-key.ts']);
    expect(pathsWith(/\breadKeys?\(/)).toEqual(['layers/adapters/release-mirror/signature.ts']);
    const users = ['cli/program.ts', 'local/mirror-access.ts'];
    expect(pathsWith(/pinnedReleaseKey\b/).toSorted()).toEqual([...users, 'cli/release-key.ts'].toSorted());
    expect(pathsWith(/releaseKey: pinnedReleaseKey\b/).toSorted()).toEqual(users);
  });

  it('depends on neither environment nor options', () => {
    const reading = pathsWith(/process\.(env|argv)/).filter((path) => /^cli|release-mirror/.test(path));
    expect(reading.toSorted()).toEqual([
      'cli/aws-target.ts',
      'cli/installer-profile.ts',
      'cli/iso.ts',
      'cli/ove.ts',
      'cli/program.ts',
      'cli/release.ts',
    ]);
    // Of the programs, those that get no key: the ones for ISOs, for sites and for a look at a stack.
    const programs = sources.find(({ path }) => path === 'cli/program.ts')?.text ?? '';
    const [withKey = '', ...others] = programs.split(/^ {2}(?=(?:iso|site|smoke): \{$)/m);
    expect(withKey).toContain('releaseKey: pinnedReleaseKey');
    expect(withKey).not.toContain('process.env');
    expect(others.map((other) => other.match(/process\.env/g))).toEqual(others.map(() => ['process.env']));
    const target = sources.find(({ path }) => path === 'cli/aws-target.ts')?.text ?? '';
    expect(target.match(/.*process\.env.*/g)).toHaveLength(1);
    expect(target).toContain('proxyEnv: process.env');
  });
});
