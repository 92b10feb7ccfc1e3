import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installerProgram } from '#adapters/installer-program.ts';
import { inputFiles } from '#domain/ignition/input-manifests.ts';
import {
  type Behaviour,
  type Generation,
  makeInstaller,
} from '#local/sample-release/openshift-install/make-installer.ts';
import { allEnded, pidsIn } from '#test/fakes/processes.ts';
import { anInfraEnv } from '#test/fakes/records.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const timeoutMs = 20_000;

interface Given {
  readonly generation?: Generation;
  readonly behaviour?: Behaviour;
}

const given = async ({ generation = 'G2', behaviour = {} }: Given = {}) => {
  const dir = await temporaryFolder();
  const workspaceDir = join(dir, 'workspace');
  const path = await makeInstaller({ dir, version: '4.21.3', generation, behaviour });
  for (const file of inputFiles({ infraEnv: anInfraEnv(), pullSecret: '{"auths":{"a.b":{"auth":"YTpi"}}}' })) {
    await mkdir(join(workspaceDir, file.path, '..'), { recursive: true });
    await writeFile(join(workspaceDir, file.path), file.content);
  }
  return { installer: { path, sha256: path }, workspaceDir, timeoutMs };
};

/** A program of a few lines of shell instead of the stand-in. */
const script = async (...lines: string[]) => {
  const workspaceDir = await temporaryFolder();
  const path = join(workspaceDir, 'openshift-install');
  await writeFile(path, `#!/bin/sh\n${lines.join('\n')}\n`, { mode: 0o755 });
  return { installer: { path, sha256: path }, workspaceDir, timeoutMs };
};

const program = () => installerProgram({ searchPath: process.env.PATH ?? '' });

describe('asking a binary', () => {
  it.each([
    ['G1', true],
    ['G2', true],
    ['G2z', false],
    ['G3', false],
    ['G4', false],
  ] as const)('generation %s knows --interactive: %s', async (generation, isKnown) => {
    const { version, flags } = await program().inspect(await given({ generation }));
    expect([version, flags.includes('--interactive')]).toEqual(['4.21.3', isKnown]);
  });

  it('happens once per content, also for callers at the same time', async () => {
    const asked = await script('echo "$*" >> "$HOME/asked"', 'echo "$0 4.20.1"');
    const { inspect } = program();
    await Promise.all([inspect(asked), inspect(asked)]);
    await inspect(asked);
    const calls = (await readFile(join(asked.workspaceDir, 'asked'), 'utf8')).trim().split('\n');
    expect(calls.sort()).toEqual(['agent create --help', 'agent create unconfigured-ignition --help', 'version']);
  });

  it.each([
    ['fails', 'exit 1'],
    ['prints something else', 'echo "GNU bash"'],
  ])('one that %s has no version, and is asked again the next time', async (_, line) => {
    const asked = await script('echo "$1" >> "$HOME/asked"', line);
    const { inspect } = program();
    expect(await inspect(asked)).toMatchObject({ version: undefined });
    await inspect(asked);
    expect((await readFile(join(asked.workspaceDir, 'asked'), 'utf8')).trim().split('\n')).toHaveLength(2 * 3);
  });

  it('one that does not know the command is an error', async () => {
    const asked = await script('[ "$1" = version ] && echo "$0 4.10.0"');
    await expect(program().inspect(asked)).rejects.toThrow('does not describe its command');
  });

  it('one that hangs is a timeout', async () => {
    const asked = await script('exec sleep 60');
    await expect(program().inspect({ ...asked, timeoutMs: 300 })).rejects.toMatchObject({ name: 'InstallerTimeout' });
  });
});

describe('running a binary', () => {
  const run = async (command: Awaited<ReturnType<typeof given>>, interactive = false) =>
    program().createUnconfiguredIgnition({ ...command, interactive });

  it('writes the ignition into the workspace', async () => {
    const command = await given();
    expect(await run(command, true)).toMatchObject({ exitCode: 0, timedOut: false });
    expect(await readdir(command.workspaceDir)).toContain('unconfigured-agent.ign');
  });

  it('passes --interactive on only when told to', async () => {
    const without = await given({ generation: 'G3' });
    expect(await run(without, false)).toMatchObject({ exitCode: 0 });
    const refused = await run(await given({ generation: 'G3' }), true);
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('unknown flag: --interactive') });
  });

  it('gives it HOME, PATH and leave to describe FIPS as its whole environment, its folder, and no input', async () => {
    const command = await script('env > environment', 'pwd > folder', 'cat > input');
    await run(command);
    const read = (name: string) => readFile(join(command.workspaceDir, name), 'utf8');
    // PWD, OLDPWD, SHLVL and _ are the shell's own.
    const names = (await read('environment')).split('\n').map((line) => line.split('=')[0] ?? '');
    expect(names.filter((name) => !['', 'PWD', 'OLDPWD', 'SHLVL', '_'].includes(name)).sort()).toEqual([
      'HOME',
      'OPENSHIFT_INSTALL_SKIP_HOSTCRYPT_VALIDATION',
      'PATH',
    ]);
    expect(await read('environment')).toContain(`HOME=${command.workspaceDir}\n`);
    expect((await read('folder')).trim()).toBe(command.workspaceDir);
    expect(await read('input')).toBe('');
  });

  it.each([
    ['a refusal', ['echo "level=fatal msg=no" >&2', 'exit 1'], { exitCode: 1, stderr: 'level=fatal msg=no\n' }],
    ['a signal', ['kill -9 $$'], { exitCode: undefined, timedOut: false }],
  ])('tells %s', async (_, lines, result) => {
    expect(await run(await script(...lines))).toMatchObject(result);
  });

  it('gives up on one that never stops talking, and passes on nothing of it', async () => {
    const command = await script('echo $$ > pid', 'while :; do echo "level=info msg=again and again" >&2; done');
    expect(await run(command)).toMatchObject({ stderr: '', timedOut: false });
    expect(await allEnded(await pidsIn(join(command.workspaceDir, 'pid')))).toBe(true);
  });

  it('one that cannot be started is an error', async () => {
    const command = await script();
    const installer = { path: join(command.workspaceDir, 'absent'), sha256: '' };
    await expect(run({ ...command, installer })).rejects.toThrow('cannot be started: ENOENT');
  });

  it('ends it and its children when the time is up, even those that ignore SIGTERM', async () => {
    const pidFile = join(await temporaryFolder(), 'pids');
    const command = await given({ behaviour: { hang: { pidFile } } });
    const running = run({ ...command, timeoutMs: 5_000 });
    const pids = await pidsIn(pidFile);
    expect(await running).toMatchObject({ timedOut: true });
    expect(await allEnded(pids)).toBe(true);
  });

  it.each([
    ['times out', 'exec sleep 60', 3_000],
    ['crashes', 'exit 2', timeoutMs],
    ['succeeds', 'exit 0', timeoutMs],
  ])('leaves no child behind that has closed its output, when it %s', async (_, ending, limit) => {
    const child = `trap '' TERM; echo $$ > "$HOME/pid.new"; mv "$HOME/pid.new" "$HOME/pid"; while :; do sleep 1; done`;
    const command = await script(
      `sh -c '${child.replaceAll("'", "'\\''")}' >/dev/null 2>&1 &`,
      'while [ ! -e "$HOME/pid" ]; do sleep 0.01; done',
      ending,
    );
    await run({ ...command, timeoutMs: limit });
    expect(await allEnded(await pidsIn(join(command.workspaceDir, 'pid')))).toBe(true);
  });

  it.runIf(existsSync('/proc/self/environ'))('leaves no grandchild behind in a session of its own', async () => {
    const command = await script(
      `setsid sh -c 'echo $$ > pid.new; mv pid.new pid; cd /; exec sleep 60' >/dev/null 2>&1 &`,
      'while [ ! -e pid ]; do sleep 0.01; done',
    );
    await run(command);
    expect(await allEnded(await pidsIn(join(command.workspaceDir, 'pid')))).toBe(true);
  });
});
