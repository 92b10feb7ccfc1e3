import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs';
import { chmod, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { generations, makeInstaller } from '#local/sample-release/openshift-install/make-installer.ts';
import {
  agentConfig,
  infraEnv,
  installerFixture,
  interactive,
  pullSecret,
} from './openshift-install/installer-fixture.ts';
import { decodeFile, hasFile } from './openshift-install/read-ignition.ts';
import { minimum } from './openshift-install/sample-inputs.ts';
import { existing, runBinary, writeInputs } from './openshift-install/try-installer.ts';

const { binaries, newFolder, given, misbehaving } = installerFixture();
const hosts = agentConfig('hosts:', '  - hostname: a');
const service = '/usr/local/share/assisted-service/assisted-service.env';
const results = ['unconfigured-agent.ign', ...Object.keys(minimum)];

describe('hosts in agent-config.yaml', () => {
  test('make G1 panic', async () => {
    const { exitCode, stderr, dir } = await given({ generation: 'G1', files: hosts });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^panic: runtime error: invalid memory address or nil pointer dereference$/m);
    expect(existing(dir, results)).toEqual(Object.keys(minimum));
  });

  test.each([
    ['G1', interactive],
    ['G2', []],
    ['G2', interactive],
    ['G3', []],
  ] as const)('are ignored by %s with %j', async (generation, args) => {
    expect((await given({ generation, files: hosts, args })).exitCode).toBe(0);
  });
});

describe.each([
  ['hosts', ['hosts:', '  - hostname: a']],
  ['additionalNTPSources', ['additionalNTPSources: [ntp.example]']],
  ['bootArtifactsBaseURL', ['bootArtifactsBaseURL: http://boot.example']],
  ['minimalISO', ['minimalISO: true']],
])('%s beside the rendezvous IP in agent-config.yaml', (field, lines) => {
  const files = agentConfig('rendezvousIP: 192.0.2.10', ...lines);

  test.each(['G2z', 'G4'] as const)('is refused by %s', async (generation) => {
    const { exitCode, fatal, dir } = await given({ generation, files });
    expect(exitCode).toBe(1);
    expect(fatal).toContain(`invalid Agent Config configuration: ${field}: Forbidden: `);
    expect(existing(dir, results)).toEqual(Object.keys(minimum));
  });

  test.each(['G2', 'G3'] as const)('is ignored by %s', async (generation) => {
    expect((await given({ generation, files })).exitCode).toBe(0);
  });
});

describe('a directory that is used again', () => {
  test.each(generations)('%s replays the old inputs and the old infra-env id', async (generation) => {
    const first = await given({ generation, files: infraEnv('  sshAuthorizedKey: ssh-rsa OLD') });
    const before = first.ignition();
    const again = ['agent', 'create', 'unconfigured-ignition', '--dir', first.dir];
    expect((await runBinary(binaries[generation], again, { HOME: first.dir, PATH: '' })).exitCode).toBe(0);
    expect(first.ignition()).toEqual(before);
  });

  test('keeps its infra-env id even for new inputs', async () => {
    const first = await given({});
    const before = decodeFile(first.ignition(), service);
    const second = await given({ dir: first.dir, files: infraEnv('  sshAuthorizedKey: ssh-rsa NEW') });
    expect(decodeFile(second.ignition(), service)).toBe(before);
    expect(second.ignition().passwd?.users?.[0]?.sshAuthorizedKeys).toEqual(['ssh-rsa NEW']);
  });

  test.each([
    ['G1', false],
    ['G2', true],
  ] as const)('%s heeds a later --interactive: %s', async (generation, heeded) => {
    const { dir } = await given({ generation });
    const { exitCode, ignition } = await given({ generation, dir, args: interactive });
    expect(exitCode).toBe(0);
    expect(hasFile(ignition(), '/etc/assisted/interactive-ui')).toBe(heeded);
  });
});

describe('the environment', () => {
  const version = async (env: Record<string, string>) => runBinary(binaries.G1, ['version'], env);

  test('HOME gets a cache folder; without a usable HOME the temporary folder does', async () => {
    const folder = await newFolder();
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect((await version({ HOME: folder, TMPDIR: folder })).exitCode).toBe(0);
    expect(existing(folder, ['.cache/kubebuilder-envtest', 'kubebuilder-envtest'])).toEqual([
      '.cache/kubebuilder-envtest',
    ]);
    expect((await version({ HOME: file, TMPDIR: folder })).exitCode).toBe(0);
    expect(existing(folder, ['kubebuilder-envtest'])).toEqual(['kubebuilder-envtest']);
  });

  test('if neither can be made it panics', async () => {
    const file = join(await newFolder(), 'file');
    writeFileSync(file, '');
    expect((await version({ HOME: file, TMPDIR: file })).exitCode).toBe(2);
  });

  test('a copy runs anywhere, also below a package.json that says "module"', async () => {
    const folder = await newFolder();
    mkdirSync(join(folder, 'deep'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const copy = join(folder, 'deep', 'installer');
    await copyFile(binaries.G2, copy);
    await chmod(copy, 0o755);
    expect((await given({ binary: copy })).exitCode).toBe(0);
  });
});

describe('on demand', () => {
  test('crash: a panic, the inputs stay', async () => {
    const { exitCode, stderr, dir } = await given({ binary: await misbehaving({ crash: true }) });
    expect({ exitCode, panicked: stderr.startsWith('panic: ') }).toEqual({ exitCode: 2, panicked: true });
    expect(existing(dir, results)).toEqual(Object.keys(minimum));
  });

  test('wrongVersion: version names another one', async () => {
    const binary = await misbehaving({ wrongVersion: '4.19.7' });
    const { stdout } = await runBinary(binary, ['version'], { HOME: await newFolder() });
    expect(stdout.split('\n')[0]).toBe(`${binary} 4.19.7`);
  });

  test('noOutput: exit 0 without an ignition', async () => {
    const { exitCode, dir } = await given({ binary: await misbehaving({ noOutput: true }) });
    expect({ exitCode, left: existing(dir, results) }).toEqual({ exitCode: 0, left: [] });
  });

  test('invalidOutput: exit 0 with broken JSON', async () => {
    const { exitCode, ignition } = await given({ binary: await misbehaving({ invalidOutput: true }) });
    expect(exitCode).toBe(0);
    expect(ignition).toThrow(SyntaxError);
  });

  test('hugeOutput: the packed ignition exceeds 256 KiB', async () => {
    const { dir } = await given({ binary: await misbehaving({ hugeOutput: true }) });
    expect(gzipSync(readFileSync(join(dir, 'unconfigured-agent.ign'))).length).toBeGreaterThan(256 * 1024);
  });

  test('undeletable: exit 1 although the ignition was written', async () => {
    const { exitCode, dir, fatal } = await given({ binary: await misbehaving({ undeletable: true }) });
    expect(exitCode).toBe(1);
    expect(fatal).toMatch(/permission denied$/);
    expect(existing(dir, results)).toEqual(results);
  });

  test('slow: the sleep comes before the work', async () => {
    const started = performance.now();
    const { exitCode } = await given({ binary: await misbehaving({ slow: 300 }) });
    expect(exitCode).toBe(0);
    expect(performance.now() - started).toBeGreaterThan(300);
  });

  test('quotedSecret: a refused secret is echoed with escaped quotes', async () => {
    const binary = await misbehaving({ quotedSecret: true });
    const { fatal } = await given({ binary, files: pullSecret('{"auths":') });
    expect(fatal).toContain(String.raw`Invalid value: "{\"auths\":": unexpected end of JSON input`);
  });

  test('padTo: the file has exactly that size and still runs', async () => {
    const plan = { dir: await newFolder(), version: '4.21.0', generation: 'G2', padTo: 3_000_001 } as const;
    const binary = await makeInstaller(plan);
    expect(statSync(binary).size).toBe(3_000_001);
    expect((await given({ binary })).exitCode).toBe(0);
    await expect(makeInstaller({ ...plan, padTo: 1000 })).rejects.toThrow(/padTo must exceed/);
  });
});

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Does nothing when the group is gone already. */
const killGroup = (leader: number | undefined): void => {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
};

const fileAppears = async (folder: string, name: string): Promise<void> => {
  const watcher = watch(folder);
  try {
    while (!existsSync(join(folder, name))) await once(watcher, 'change');
  } finally {
    watcher.close();
  }
};

test('hang: a child survives SIGTERM to the program; only killing the group ends both', async () => {
  const folder = await newFolder();
  const pidFile = join(folder, 'pids');
  const binary = await misbehaving({ hang: { pidFile } });
  await writeInputs(folder, minimum);
  const args = ['agent', 'create', 'unconfigured-ignition', '--dir', folder];
  const program = spawn(binary, args, { env: { HOME: folder }, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  const outputEnds = once(program, 'close');
  onTestFinished(() => killGroup(program.pid));
  program.stdout.resume();
  await fileAppears(folder, 'pids');
  const [parent, child] = readFileSync(pidFile, 'utf8').trim().split('\n').map(Number);
  if (parent === undefined || child === undefined) throw new Error('the pid file has no two pids');
  expect(parent).toBe(program.pid);

  program.kill('SIGTERM');
  await once(program, 'exit');
  expect([isAlive(parent), isAlive(child), program.stdout.readableEnded]).toEqual([false, true, false]);

  killGroup(parent);
  await outputEnds;
  expect(program.stdout.readableEnded).toBe(true);
});
