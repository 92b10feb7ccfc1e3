import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectureOf } from '#domain/release/release.ts';
import { newestRelease, releaseFor, releaseOfImage, resolveRelease } from '#domain/release/resolve.ts';
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
    ['4.20.13-rc.1', 'x86_64', '4.20.13-rc.1'],
    ['4.21', 'x86_64', '4.21.0-rc.10'],
    ['4.2', 'x86_64', '4.2.40'],
    ['4.22', 'aarch64', '4.22.1'],
    ['4.22', 'multi', '4.22.1'],
    ['4.22', undefined, '4.22.1'],
    ['4.22-multi', 'x86_64', '4.22.1'],
    ['4.22.1-multi', undefined, '4.22.1'],
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
    ['4.20-multi', 'x86_64'],
    ['4.20.3-multi', 'x86_64'],
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

  const bothLines = [
    release('4.20.3', 'production', ['x86_64']),
    release('4.20.3', 'production', ['arm64']),
    release('4.20.3', 'production', ['x86_64', 'arm64']),
    release('4.20.12', 'production', ['arm64']),
    release('4.20.11', 'production', ['x86_64', 'arm64']),
    release('4.19.8', 'production', ['arm64']),
  ];

  it.each([
    ['4.20', 'x86_64', '4.20.11', 'multi'],
    ['4.20', 'amd64', '4.20.11', 'multi'],
    ['4.20', 'aarch64', '4.20.12', 'arm64'],
    ['4.20', 'multi', '4.20.11', 'multi'],
    ['4.20-multi', 'arm64', '4.20.11', 'multi'],
    ['4.20', undefined, '4.20.11', 'multi'],
    ['4.20.3', undefined, '4.20.3', 'x86_64'],
    ['4.20.3', 'x86_64', '4.20.3', 'x86_64'],
    ['4.20.3', 'arm64', '4.20.3', 'arm64'],
    ['4.20.3', 'aarch64', '4.20.3', 'arm64'],
    ['4.20.3', 'multi', '4.20.3', 'multi'],
    ['4.20.3-multi', 'arm64', '4.20.3', 'multi'],
    ['4.20.12', undefined, '4.20.12', 'arm64'],
    ['4.19', undefined, '4.19.8', 'arm64'],
  ])(
    '%s and the architecture %s mean together %s for %s',
    (openshiftVersion, cpuArchitecture, version, architecture) => {
      const found = resolveRelease(bothLines, { openshiftVersion, cpuArchitecture });
      expect([found.version, architectureOf(found)]).toEqual([version, architecture]);
    },
  );

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

describe('a requested release image', () => {
  const images = known.map((each) => ({ ...each, releaseImage: `quay.io/ocp@${each.version}` }));

  it('chooses its release, if version and architecture mean it too', () => {
    const wanted = { openshiftVersion: '4.20' };
    expect(releaseOfImage(images, 'quay.io/ocp@4.20.3', wanted).version).toBe('4.20.3');
    expect(releaseOfImage(images, 'quay.io/ocp@4.22.1', { openshiftVersion: '4.22.1', cpuArchitecture: 'arm64' })).toBe(
      images.at(-1),
    );
  });

  it.each([
    [
      'quay.io/ocp@4.20.3',
      '4.20.12',
      undefined,
      /is the release image of 4\.20\.3 \(x86_64\), not of openshift_version 4\.20\.12$/,
    ],
    ['quay.io/ocp@4.20.3', '4.20', 'arm64', /not of openshift_version 4\.20 for CPU architecture arm64$/],
    ['registry.lab/ocp@4.20.3', '4.20.3', 'x86_64', /is not the release image of a known release \(known releases: /],
  ])('%s of %s for %s is refused by the name of its field', (image, openshiftVersion, cpuArchitecture, reason) => {
    const choose = () => releaseOfImage(images, image, { openshiftVersion, cpuArchitecture });
    expect(choose).toThrow(/^ocp_release_image in body /);
    expect(choose).toThrow(reason);
  });
});

describe('the release for some hosts, among those of one version', () => {
  const [x86, arm, multi] = (['x86_64', 'arm64', 'multi'] as const).map((architecture) =>
    release('4.20.3', 'production', architecture === 'multi' ? ['x86_64', 'arm64'] : [architecture]),
  );

  it.each([
    ['the one that was chosen', [x86, multi], { cpuArchitecture: 'x86_64', releaseArchitecture: 'multi' }, multi],
    ['no other once that is gone', [x86], { cpuArchitecture: 'x86_64', releaseArchitecture: 'multi' }, undefined],
    ['the one for their architecture', [multi, arm, x86], { cpuArchitecture: 'arm64' }, arm],
    ['the one for all', [multi, x86], { cpuArchitecture: 'arm64' }, multi],
    ['none for others', [x86], { cpuArchitecture: 'arm64' }, undefined],
    ['the usual one', [multi, arm, x86], {}, x86],
    ['the only one', [arm], {}, arm],
  ] as const)('is %s', (_, ofVersion, hosts, expected) => {
    const releases = ofVersion.filter((each) => each !== undefined);
    expect(releaseFor(releases, hosts)).toBe(expected);
  });
});
