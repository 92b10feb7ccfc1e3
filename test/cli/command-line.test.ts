import { describe, expect, it } from 'vitest';
import { failureLine } from '#cli/failure-line.ts';
import { progressLine } from '#cli/progress.ts';
import { runCommand } from '#cli/release-commands.ts';
import { signingKey } from '#test/fakes/release-key.ts';

const { releaseKey } = await signingKey();

const failureOf = (args: readonly string[]): Promise<string> =>
  runCommand(args, {
    say: () => undefined,
    progress: progressLine({ write: () => undefined }),
    signal: new AbortController().signal,
    clock: () => new Date(0),
    patience: { stallMs: 1, attempts: 1, firstDelayMs: 1 },
    releaseKey: async () => releaseKey,
  }).then(() => 'no failure', failureLine);

describe('a command line that means nothing', () => {
  it.each<[string, string]>([
    ['', 'add, add-iso, list, remove or verify?: see `npx ove release --help`'],
    ['install 4.20.3', 'install is not one of add, add-iso, list, remove, verify: see `npx ove release --help`'],
    ['toString', 'toString is not one of'],
    ['add', 'which version? Name it, e.g. 4.20.3: see `npx ove release add --help`'],
    ['add 4.20', '4.20 is not an exact version like 4.20.3'],
    ['add v4.20.3', 'v4.20.3 is not an exact version'],
    ['add ../../4.20.3', 'is not an exact version'],
    ['add latest', 'latest is not an exact version'],
    ['add 4.20.3 4.20.4', 'one version at a time, not 4.20.3 4.20.4'],
    ['add 4.20.3 --arch riscv64', '--arch riscv64 is not one of x86_64, arm64, ppc64le, s390x, multi'],
    ['add 4.20.3 --mirror mirror.lab', '--mirror mirror.lab is not an address like https://'],
    ['add 4.20.3 --mirror ftp://mirror.lab', 'is not an address like https://'],
    ['add 4.20.3 --mirror https://me:secret@mirror.lab', '--mirror must not hold a user name or password'],
    ['add 4.20.3 --feature-gates Some', '--feature-gates Some is not like NoRegistryClusterInstall=true'],
    ['add 4.20.3 --operators metallb,Odf!', '--operators Odf! is not like metallb'],
    [
      'add 4.20.3 --support-level best',
      '--support-level best is not one of beta, production, maintenance, end-of-life',
    ],
    ['add 4.20.3 --file x --mirror http://a', '--mirror means nothing with --file'],
    ['add --file x --allow-unsigned', '--allow-unsigned means nothing with --file'],
    ['add --file x --release-image a/b', '--release-image means nothing with --file'],
    ['add 4.20.3 --pull-secret x', '--pull-secret means nothing with a mirror'],
    ['add --release-image quay.io/a/b:c', '--release-image needs --pull-secret FILE'],
    ['add --release-image --pull-secret=x', "Option '--release-image"],
    ['add --release-image=--config --pull-secret x', '--release-image --config is not a pull specification'],
    ['add 4.20.3 --key file', "Unknown option '--key': see `npx ove release add --help`"],
    ['add 4.20.3 --data=', '--data is empty'],
    ['add-iso', 'which version? Name it, e.g. 4.20.3: see `npx ove release add-iso --help`'],
    ['add-iso 4.20.3', 'where is the ISO? Give one of --file PATH, --url URL, --s3 s3://bucket/key'],
    ['add-iso 4.20.3 --file x --url http://a', 'where is the ISO? Give one of'],
    ['add-iso 4.20.3 --url mirror.lab/a.iso', '--url is not an http or https address'],
    ['add-iso 4.20.3 --url https://me:secret@mirror.lab', '--url must not hold a user name or password'],
    ['add-iso 4.20.3 --s3 releases/a.iso', '--s3 releases/a.iso is not like s3://bucket/key'],
    ['list 4.20.3', '4.20.3 means nothing here: see `npx ove release list --help`'],
    ['list --force', "Unknown option '--force'"],
    ['remove', 'which version?'],
    ['verify 4.20', '4.20 is not an exact version'],
    ['list --stack A --local', '--stack names a deployed stack, --local and --data the local one: choose one'],
    ['list --stack A --data x', 'choose one'],
  ])('%s', async (words, reason) => {
    const line = await failureOf(words.split(' ').filter((word) => word !== ''));
    expect(line).toMatch(/^release: /);
    expect(line).toContain(reason);
    expect(line).not.toContain('\n');
    expect(line).not.toContain('secret@');
  });
});
