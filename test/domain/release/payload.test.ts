import { describe, expect, it } from 'vitest';
import {
  isSameImage,
  parseReleaseArchitecture,
  printedArchitecture,
  type ReleaseArchitecture,
  servedArchitectures,
} from '#domain/release/payload.ts';

const output = (architecture: string): string =>
  `openshift-install 4.22.0\nbuilt from commit abc\nrelease image a/b@sha256:00\n${architecture}default architecture amd64\n`;

describe('the architecture of a release', () => {
  it.each<[string, ReleaseArchitecture | undefined]>([
    ['amd64', 'x86_64'],
    ['x86_64', 'x86_64'],
    ['aarch64', 'arm64'],
    ['arm64', 'arm64'],
    ['multi', 'multi'],
    ['riscv64', undefined],
    ['', undefined],
  ])('called %j is %s', (name, architecture) => {
    expect(parseReleaseArchitecture(name)).toBe(architecture);
  });

  it.each<[string, ReleaseArchitecture | undefined]>([
    ['release architecture arm64\n', 'arm64'],
    ['release architecture multi\n', 'multi'],
    ['release architecture unknown\n', undefined],
    ['', undefined],
  ])('printed as %j is %s, whatever the default architecture', (line, architecture) => {
    expect(printedArchitecture(output(line))).toBe(architecture);
  });

  it('that is multi serves hosts of every kind, any other one serves its own', () => {
    expect(servedArchitectures('multi')).toEqual(['x86_64', 'arm64', 'ppc64le', 's390x']);
    expect(servedArchitectures('ppc64le')).toEqual(['ppc64le']);
  });
});

describe('two pull specifications', () => {
  const [one, other] = [`@sha256:${'1'.repeat(64)}`, `@sha256:${'2'.repeat(64)}`];

  it.each([
    [`quay.io/a${one}`, `registry.lab:5000/b/c${one}`, true],
    [`quay.io/a${one}`, `quay.io/a${other}`, false],
    ['quay.io/a:4.20.0', 'quay.io/a:4.20.0', true],
    ['quay.io/a:4.20.0', 'quay.io/b:4.20.0', false],
    ['quay.io/a:4.20.0', `quay.io/a${one}`, false],
  ])('%s and %s: one image is %s', (first, second, same) => {
    expect(isSameImage(first, second)).toBe(same);
  });
});
