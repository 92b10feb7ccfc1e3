import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newestRelease, resolveRelease } from '#domain/release/resolve.ts';
import { release } from './releases.ts';

const known = [
  release('4.20.3'),
  release('4.20.12'),
  release('4.20.13-rc.1', 'beta'),
  release('4.21.0-rc.2', 'beta'),
  release('4.21.0-rc.10', 'beta'),
  release('4.2.40'),
  release('4.22.1', 'production', ['x86_64', 'arm64']),
];

describe('a requested version', () => {
  it.each([
    ['4.20.3', 'x86_64', '4.20.3'],
    ['4.20', 'x86_64', '4.20.12'],
    ['4.20-multi', 'x86_64', '4.20.12'],
    ['4.20.13-rc.1', 'x86_64', '4.20.13-rc.1'],
    ['4.21', 'x86_64', '4.21.0-rc.10'],
    ['4.2', 'x86_64', '4.2.40'],
    ['4.22', 'aarch64', '4.22.1'],
    ['4.22', 'multi', '4.22.1'],
    ['4.22', undefined, '4.22.1'],
  ])('%s for %s means %s', (openshiftVersion, cpuArchitecture, version) => {
    expect(resolveRelease(known, { openshiftVersion, cpuArchitecture }).version).toBe(version);
  });

  it.each(['banana', '4', '4.20.', '4.20.x', '4.20.3 ', 'v4.20', '4.20.3\n', '', '-multi'])(
    '%j is no version',
    (openshiftVersion) => {
      expect(() => resolveRelease(known, { openshiftVersion })).toThrow(
        /^invalid openshiftVersion .* Expected format: 'major\.minor'/s,
      );
    },
  );

  it.each([
    ['4.99', 'x86_64'],
    ['4.20.4', 'x86_64'],
    ['4.20', 'arm64'],
    ['4.20', 'multi'],
    ['4.20', 'riscv64'],
  ])('%s for %s is not known, and the refusal lists what is', (openshiftVersion, cpuArchitecture) => {
    const resolve = () => resolveRelease(known, { openshiftVersion, cpuArchitecture });
    expect(resolve).toThrow(
      `Openshift version ${openshiftVersion} for CPU architecture ${cpuArchitecture} is not supported: no release image ` +
        `found for openshiftVersion: '${openshiftVersion}' and CPU architecture '${cpuArchitecture}'`,
    );
    expect(resolve).toThrow('known releases: 4.22.1 (x86_64, arm64); 4.21.0-rc.10 (x86_64)');
  });

  it('is refused in so many words where no release is known at all', () => {
    expect(() => resolveRelease([], { openshiftVersion: '4.20' })).toThrow('(no release is known yet)');
    expect(newestRelease([], 'x86_64')).toBeUndefined();
  });

  it('that is not given means the newest that serves the architecture', () => {
    expect(newestRelease([release('4.20.1', 'production', ['arm64']), release('4.21.0')], 'aarch64')?.version).toBe(
      '4.20.1',
    );
    expect(newestRelease(known, 's390x')).toBeUndefined();
  });

  it('that is exact never means another one', () => {
    const versions = fc.tuple(fc.nat(9), fc.nat(30), fc.nat(60)).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(fc.uniqueArray(versions, { minLength: 1 }), fc.nat(), (all, pick) => {
        const openshiftVersion = all[pick % all.length] ?? '';
        const releases = all.map((version) => release(version));
        expect(resolveRelease(releases, { openshiftVersion }).version).toBe(openshiftVersion);
      }),
    );
  });
});
