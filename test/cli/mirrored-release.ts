import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { type InstallerPlan, makeInstaller } from '#local/sample-release/openshift-install/make-installer.ts';
import { installerArchive, publish } from '#test/fakes/installer-archive.ts';
import { type Mirror, startMirror } from '#test/fakes/mirror-server.ts';
import { signingKey } from '#test/fakes/release-key.ts';
import { sharedFolder, temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { localStack } from './local-stack.ts';
import { operator } from './operator.ts';

export interface Given extends Partial<InstallerPlan> {
  readonly publishedAs?: string;
}

/** Every test of the file leaves nothing behind in the folder for temporary files. */
const watchLeftovers = (): void => {
  // A folder of their own: other tests add releases at the same time.
  beforeEach(async () => {
    vi.stubEnv('TMPDIR', await temporaryFolder());
  });
  afterEach(() => {
    const leftovers = readdirSync(tmpdir()).filter((name) => name.startsWith('ove-ignition-release-'));
    vi.unstubAllEnvs();
    expect(leftovers).toEqual([]);
  });
};

/** An operator who adds releases of mirrors to a local stack, and trusts the key that signs them. */
export const mirrorOperator = async () => {
  const key = await signingKey();
  const stack = await localStack();
  const { run } = operator({ data: stack.data, releaseKey: key.releaseKey });
  const root = await sharedFolder();
  watchLeftovers();

  let made = 0;
  const installer = async (plan: Omit<InstallerPlan, 'dir'>): Promise<Buffer> => {
    made += 1;
    return readFileSync(await makeInstaller({ dir: `${root}/${made}`, ...plan }));
  };

  let count = 0;
  /** A version that no other test uses: they share one stack. */
  const newVersion = (): string => {
    count += 1;
    return `4.20.${count}`;
  };

  /** A release on a mirror. */
  const given = async (plan: Given = {}) => {
    const version = plan.version ?? newVersion();
    const mirror = await startMirror();
    const binary = await installer({ generation: 'G1', ...plan, version });
    const archive = await installerArchive(binary);
    const published = await publish({ mirror, key, version: plan.publishedAs ?? version, archive });
    return { mirror, version: plan.publishedAs ?? version, binary, archive, ...published };
  };

  const add = (mirror: Mirror, version: string, ...more: readonly string[]) =>
    run(['add', version, '--mirror', mirror.url, ...more]);

  return { key, stack, run, installer, newVersion, given, add };
};
