import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ignitionValidator } from '#adapters/ignition-validator.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { hasTools } from '#test/tools.ts';

/** A PATH of one folder, in which ignition-validate is these lines of shell, or is not. */
const given = async (...lines: string[]) => {
  const dir = await temporaryFolder();
  const logger = memoryLogger();
  const text = `#!/bin/sh\nPATH=/bin:/usr/bin\n${lines.join('\n')}\n`;
  if (lines.length > 0) await writeFile(join(dir, 'ignition-validate'), text, { mode: 0o755 });
  const { faultsOf } = ignitionValidator({ searchPath: dir, logger });
  return { dir, logger, faultsOf: (config = '{}', timeoutMs = 20_000) => faultsOf(config, timeoutMs) };
};

describe("Ignition's validator", () => {
  it('reads the whole config from its standard input, and gets PATH as its environment', async () => {
    const { dir, faultsOf } = await given('env > "$0.env"', 'cat > "$0.input"', 'echo "$@" > "$0.args"');
    const config = JSON.stringify({ x: 'ä'.repeat(300_000) });
    expect(await faultsOf(config)).toBeUndefined();
    const read = (name: string) => readFile(join(dir, `ignition-validate.${name}`), 'utf8');
    expect(await read('input')).toBe(config);
    expect(await read('args')).toBe('-\n');
    const names = (await read('env')).split('\n').map((line) => line.split('=')[0] ?? '');
    expect(names.filter((name) => !['', 'PWD', 'OLDPWD', 'SHLVL', '_'].includes(name))).toEqual(['PATH']);
  });

  it('passes on what Ignition has against a config', async () => {
    const { faultsOf } = await given('echo "error at \\$.a, line 1 col 2: no"', 'exit 1');
    expect(await faultsOf()).toBe('at $.a: no');
  });

  it('that is not installed judges nothing, which is in the log once', async () => {
    const { logger, faultsOf } = await given();
    expect([await faultsOf(), await faultsOf()]).toEqual([undefined, undefined]);
    expect(logger.lines).toEqual([expect.objectContaining({ level: 'warn' })]);
  });

  it('that hangs is ended', async () => {
    const { faultsOf } = await given('exec sleep 60');
    await expect(faultsOf('{}', 500)).rejects.toMatchObject({ name: 'SettingsCheckUnavailable', retryable: true });
  });

  it('that crashes is an error without its words', async () => {
    const { faultsOf } = await given('echo secret', 'exit 2');
    await expect(faultsOf()).rejects.toThrow(/^ignition-validate failed with exit code 2$/);
  });
});

describe.runIf(hasTools('ignition-validate'))('the real one', () => {
  const { faultsOf } = ignitionValidator({ searchPath: process.env.PATH ?? '', logger: memoryLogger() });

  it('takes what is right, and names the place of what is wrong', async () => {
    expect(await faultsOf('{"ignition":{"version":"3.2.0"}}', 20_000)).toBeUndefined();
    const wrong = '{"ignition":{"version":"3.2.0"},"storage":{"files":[{"path":"a"}]}}';
    expect(await faultsOf(wrong, 20_000)).toBe('at $.storage.files.0.path: path not absolute');
  });

  it('cannot judge a version that it does not know', async () => {
    expect(await faultsOf('{"ignition":{"version":"3.99.0"}}', 20_000)).toBeUndefined();
  });
});
