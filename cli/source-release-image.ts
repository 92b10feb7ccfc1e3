import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { CommandFailure } from '#adapters/command-failure.ts';
import { newRedaction } from '#domain/ignition/redaction.ts';

interface ReleaseImage {
  readonly releaseImage: string;
  /** File with the pull secret for the registry. */
  readonly pullSecret: string;
  readonly dir: string;
  readonly signal: AbortSignal;
}

const readPullSecret = async (file: string): Promise<string> => {
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new CommandFailure(`the pull secret ${file} cannot be read: give --pull-secret a file that you may read`, {
      cause,
    });
  });
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw new CommandFailure(`the pull secret ${file} is not JSON: download it again from console.redhat.com`);
  }
};

const longestReason = 300;

/** oc's own last word, which may quote what it was given. */
const reasonOf = (stderr: string, pullSecret: string): string => {
  const redaction = newRedaction();
  redaction.learn(pullSecret);
  const lines = redaction
    .redact(stderr)
    .split('\n')
    .map((line) => line.trim());
  return (lines.findLast((line) => line !== '') ?? 'it says nothing').slice(0, longestReason);
};

interface Extraction extends ReleaseImage {
  readonly registryConfig: string;
  readonly secretText: string;
}

const extract = async ({ releaseImage, dir, registryConfig, secretText, signal }: Extraction): Promise<void> => {
  const command = ['adm', 'release', 'extract', '--command=openshift-install'];
  const args = [...command, `--to=${dir}`, `--registry-config=${registryConfig}`, releaseImage];
  const result = await execa('oc', args, { stdin: 'ignore', stdout: 'ignore', cancelSignal: signal, reject: false });
  signal.throwIfAborted();
  if (result.code === 'ENOENT') {
    throw new CommandFailure(
      'there is no `oc` in PATH: install the OpenShift client, or get the installer and use --file',
    );
  }
  if (result.failed) {
    throw new CommandFailure(
      `oc cannot extract the installer from ${releaseImage}: ${reasonOf(result.stderr, secretText)}`,
    );
  }
};

/**
 * Lets `oc` take the installer out of a release payload. oc gets the pull secret in a file of this process alone (0600),
 * which is removed as soon as oc has ended.
 *
 * @returns the binary's path
 * @throws CommandFailure
 */
export const installerFromReleaseImage = async (image: ReleaseImage): Promise<string> => {
  const secretText = await readPullSecret(image.pullSecret);
  const dir = join(image.dir, 'extracted');
  const registryConfig = join(image.dir, 'registry-config.json');
  await mkdir(dir, { mode: 0o700 });
  try {
    await writeFile(registryConfig, secretText, { mode: 0o600, flag: 'wx' });
    await extract({ ...image, dir, registryConfig, secretText });
  } finally {
    await rm(registryConfig, { force: true });
  }
  const path = join(dir, 'openshift-install');
  await access(path).catch((cause) => {
    throw new CommandFailure(`oc found no openshift-install in ${image.releaseImage}: name a release image`, { cause });
  });
  return path;
};
