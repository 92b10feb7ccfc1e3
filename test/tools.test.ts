import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from './fakes/temporary-folder.ts';
import { hasTools, missingTools } from './tools.ts';
import report from './tools-report.ts';

/** A machine that has these programs and no other. */
const machineWith = async (...tools: readonly string[]): Promise<void> => {
  const folder = await temporaryFolder();
  for (const tool of tools) {
    await writeFile(join(folder, tool), '');
    await chmod(join(folder, tool), 0o755);
  }
  vi.stubEnv('PATH', `/nowhere:${folder}`);
};

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('programs that npm does not bring along', () => {
  it('are found on the path', async () => {
    await machineWith('xorriso', 'cpio');
    expect([hasTools('xorriso', 'cpio'), hasTools('xorriso', 'chromium')]).toEqual([true, false]);
  });

  it('that are missing are named at the end, with their packages', async () => {
    await machineWith('xorriso', 'cpio');
    const said = vi.spyOn(console, 'error').mockReturnValue();
    vi.stubEnv('OVE_REQUIRE_TOOLS', undefined);
    report()?.();
    expect(said.mock.calls).toEqual([
      [
        'NOT RUN: the tests that need chromium, curl, ignition-validate, jq, shellcheck (on Debian: apt-get install chromium curl ignition jq shellcheck)',
      ],
    ]);
  });

  it('that are missing end the run where all are required', async () => {
    await machineWith();
    vi.stubEnv('OVE_REQUIRE_TOOLS', '1');
    expect(() => report()).toThrow('tests need chromium, cpio, curl, ignition-validate, jq, shellcheck, xorriso');
  });

  it('need no word when all are there', async () => {
    await machineWith('chromium', 'cpio', 'curl', 'ignition-validate', 'jq', 'shellcheck', 'xorriso');
    vi.stubEnv('OVE_REQUIRE_TOOLS', '1');
    expect([missingTools(), report()]).toEqual([undefined, undefined]);
  });
});
