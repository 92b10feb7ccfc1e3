import { describe, expect, it } from 'vitest';
import { flagsIn, parseVersionOutput } from '#domain/ignition/version-output.ts';

const image = 'quay.io/openshift-release-dev/ocp-release@sha256:00';
const output = (first: string, architecture = 'amd64') =>
  `${first}\nbuilt from commit abc\nrelease image ${image}\nrelease architecture ${architecture}\n`;

describe('what `openshift-install version` prints', () => {
  it.each([
    ['./openshift-install 4.20.0', '4.20.0'],
    ['/with a blank/openshift-install 4.22.0-ec.3', '4.22.0-ec.3'],
  ])('%s', (first, version) => {
    expect(parseVersionOutput(output(first))).toEqual({ version, releaseImage: image, architecture: 'x86_64' });
  });

  it.each([
    ['arm64', 'arm64'],
    ['s390x', 's390x'],
    ['multi', undefined],
    ['unknown', undefined],
  ])('release architecture %s', (printed, architecture) => {
    expect(parseVersionOutput(output('openshift-install 4.20.0', printed))?.architecture).toBe(architecture);
  });

  it('a binary built without a release still has a version', () => {
    expect(parseVersionOutput('openshift-install 4.20.0\n')).toEqual({
      version: '4.20.0',
      releaseImage: undefined,
      architecture: undefined,
    });
  });

  it.each([
    '',
    'GNU bash, version five',
    'openshift-install unreleased-master-1234',
    'not found\nopenshift-install 4.20.0',
  ])('%j is not from an openshift-install of a release', (text) => {
    expect(parseVersionOutput(text)).toBeUndefined();
  });
});

describe('the flags of a command', () => {
  it.each([
    [
      'listed',
      'Flags:\n  -h, --help        help\n      --interactive   leave it to the user\n',
      ['--help', '--interactive'],
    ],
    ['of any command', '  -h, --help   help\n\nGlobal Flags:\n      --dir string   folder\n', ['--dir', '--help']],
    ['only spoken of', 'Flags:\n  -h, --help   there is no --interactive any more\n', ['--help']],
    ['of another name', 'Flags:\n      --interactively   x\n', ['--interactively']],
  ])('%s', (_, help, flags) => {
    expect(flagsIn(help)).toEqual(flags);
  });
});
