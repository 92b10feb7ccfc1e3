import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { networkProgram } from '#adapters/network-program.ts';
import { workspaces } from '#adapters/workspaces.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { allEnded, pidsIn } from '#test/fakes/processes.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { makeNmstatectl } from '#test/stand-ins/openshift-install/make-nmstatectl.ts';

const document = `
interfaces:
  - name: eth0
    type: ethernet
    ipv4: { enabled: true, address: [{ ip: 192.0.2.10, prefix-length: 24 }] }
  - name: eth1
    type: ethernet
`;

const timeoutMs = 20_000;

/** The program with a PATH of one folder, where `make` puts an nmstatectl or does not. */
const given = async (make: (dir: string) => Promise<unknown>) => {
  const dir = await temporaryFolder();
  const root = join(dir, 'workspaces');
  await make(join(dir));
  const program = networkProgram({ searchPath: dir, workspaces: workspaces({ root, logger: memoryLogger() }) });
  return {
    dir,
    generate: (text = document, limit = timeoutMs) => program.generate({ document: text, timeoutMs: limit }),
    left: () => readdir(root),
  };
};

/** A few lines of shell instead of the stand-in; `$2` is the file. */
const script =
  (...lines: string[]) =>
  (dir: string) =>
    writeFile(join(dir, 'nmstatectl'), `#!/bin/sh\n${lines.join('\n')}\n`, { mode: 0o755 });

describe('a network that nmstate can configure', () => {
  it('is answered with the keyfiles of NetworkManager', async () => {
    const { generate, left } = await given(makeNmstatectl);
    const { keyfiles } = await generate();
    expect(keyfiles?.map(({ name }) => name)).toEqual(['eth0.nmconnection', 'eth1.nmconnection']);
    expect(keyfiles?.[0]?.content).toContain('address0=192.0.2.10/24\n');
    expect(await left()).toEqual([]);
  });
});

describe('a network that nmstate refuses', () => {
  it.each([
    ['a bond without a mode', 'interfaces: [{ name: bond0, type: bond }]', /Bond mode is mandatory .*: bond0$/],
    ['a bad address', document.replace('192.0.2.10', '192.0.2.310'), /invalid IP address syntax$/],
    [
      'a prefix that is too long',
      document.replace(/prefix-length: 24/, 'prefix-length: 33'),
      /prefix length '33', .* 0 to 32$/,
    ],
    [
      'a name server that is a name',
      `${document}\ndns-resolver: { config: { server: [dns.lab] } }`,
      /Invalid DNS server string dns\.lab$/,
    ],
    ['an unknown member', `${document}\ninterface: []`, /unknown field `interface`, expected one of/],
    [
      'an interface of an unknown type',
      document.replace('ethernet', 'ethernot'),
      /^Unsupported interface type ethernot$/,
    ],
    ['no interface', 'interfaces: []', /^nmstate generated an empty NetworkManager config file content$/],
  ])('for %s is answered with its own words', async (_, text, reason) => {
    const { generate, left } = await given(makeNmstatectl);
    expect(await generate(text)).toEqual({ reason: expect.stringMatching(reason) });
    expect(await left()).toEqual([]);
  });

  it('with a password in its words is answered without it', async () => {
    const { generate } = await given(makeNmstatectl);
    const answer = await generate(`
interfaces:
  - name: eth0
    802.1x: { identity: host, private-key-password: 47110815 }
`);
    expect(answer.reason).toMatch(/invalid type: integer `\[redacted\]`, expected a string$/);
  });
});

describe('the program', () => {
  it('gets PATH as its whole environment, a private file, and no input', async () => {
    const { dir, generate } = await given(
      script('PATH=/bin:/usr/bin', 'env > "$0.env"', 'ls -l "$2" > "$0.file"', 'cat > "$0.input"', 'exit 1'),
    );
    await expect(generate()).rejects.toThrow();
    const read = (name: string) => readFile(join(dir, `nmstatectl.${name}`), 'utf8');
    // PWD, OLDPWD, SHLVL and _ are the shell's own.
    const names = (await read('env')).split('\n').map((line) => line.split('=')[0] ?? '');
    expect(names.filter((name) => !['', 'PWD', 'OLDPWD', 'SHLVL', '_'].includes(name))).toEqual(['PATH']);
    expect(await read('file')).toMatch(/^-rw------- /);
    expect(await read('input')).toBe('');
  });

  it('that is not in the PATH is told by name, with how to install it', async () => {
    const { generate, left } = await given(async () => undefined);
    await expect(generate()).rejects.toMatchObject({
      name: 'NetworkProgramMissing',
      status: 501,
      message: expect.stringContaining('`dnf install nmstate`'),
    });
    expect(await left()).toEqual([]);
  });

  it('that cannot be executed is an error', async () => {
    const { generate } = await given((dir) => writeFile(join(dir, 'nmstatectl'), '#!/bin/sh\n', { mode: 0o644 }));
    await expect(generate()).rejects.toThrow('nmstatectl cannot be started: EACCES');
  });

  it('that hangs is ended with its children when the time is up', async () => {
    const { dir, generate, left } = await given(
      script('PATH=/bin:/usr/bin', 'sleep 60 &', 'echo "$$\n$!" > "$0.new"; mv "$0.new" "$0.pids"', 'wait'),
    );
    const running = generate(document, 2_000);
    const pids = await pidsIn(join(dir, 'nmstatectl.pids'));
    await expect(running).rejects.toMatchObject({ name: 'SettingsCheckUnavailable', retryable: true });
    expect(await allEnded(pids)).toBe(true);
    expect(await left()).toEqual([]);
  });

  it('that never stops talking is ended, and nothing of it is passed on', async () => {
    const { generate } = await given(script('while :; do echo "psk: secret"; done'));
    expect(await generate()).toEqual({ reason: 'nmstatectl prints more about it than any host needs' });
  });

  it.each([
    ['crashes', ['echo "thread \'main\' panicked at secret" >&2', 'exit 101'], '101'],
    ['is killed', ['echo secret >&2', 'kill -9 $$'], 'unknown'],
    ['cannot read its file', ['echo "std::io::Error: secret" >&2', 'exit 1'], '1'],
    ['misses a library', ['echo "error while loading shared libraries: secret" >&2', 'exit 127'], '127'],
    ['says nothing', ['exit 1'], '1'],
  ])('that %s is an error without its words', async (_, lines, exitCode) => {
    const { generate, left } = await given(script(...lines));
    await expect(generate()).rejects.toThrow(
      expect.objectContaining({ message: `nmstatectl gc failed with exit code ${exitCode}` }),
    );
    expect(await left()).toEqual([]);
  });
});
