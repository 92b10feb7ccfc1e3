import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { failureLine } from '#cli/failure-line.ts';
import { runIsoCommand } from '#cli/iso/iso-commands.ts';
import { readIsoLayout } from '#domain/iso/read-layout.ts';
import { coreOsIso, kernelArguments } from '#local/sample-release/core-os-iso.ts';
import { imageOf } from '#test/domain/iso/images.ts';
import { extractFile } from '#test/fakes/iso-files.ts';
import { sharedFolder, temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { hasTools } from '#test/tools.ts';
import { infraEnvApi } from './infra-env-api.ts';

const secret = 'c2VjcmV0LXNlY3JldC1zZWNyZXQ';
const ignition = `{"ignition":{"version":"3.2.0"},"storage":{"files":[{"path":"/root/.docker/config.json","contents":{"source":"data:,${secret}"}}]}}`;

let base: string;
let baseBytes: Buffer;
beforeAll(async () => {
  base = await coreOsIso({ folder: await sharedFolder() });
  baseBytes = await readFile(base);
});

/** The operator's own copy of the base ISO, and an ignition beside it. */
const given = async () => {
  const folder = await temporaryFolder();
  const [iso, file] = [join(folder, 'agent-ove.x86_64.iso'), join(folder, 'discovery.ign')];
  await copyFile(base, iso);
  await writeFile(file, ignition);
  return { folder, iso, file, backup: `${iso}.ove-backup` };
};

const command = async (args: readonly string[], token?: string) => {
  const said: string[] = [];
  const surroundings = {
    say: (line: string) => said.push(line),
    signal: new AbortController().signal,
    token,
    signer: async () => async (request: Request) => new Request(request, { headers: { authorization: 'signed' } }),
  };
  const failed = await runIsoCommand(args, surroundings).then(
    () => undefined,
    (error: unknown) => failureLine(error, 'iso'),
  );
  return { said, failed };
};

/** The ignition in an ISO, as gzip and cpio read it. */
const ignitionIn = async (iso: string): Promise<string> => {
  const area = await extractFile(iso, '/images/ignition.img', dirname(iso));
  const { stdout } = await execa({ shell: true })`gzip -dc ${area} | cpio --quiet -i --to-stdout config.ign`;
  return stdout;
};

const kernelArgumentsIn = async (iso: string): Promise<string | undefined> =>
  (await readIsoLayout(imageOf(await readFile(iso)))).kernelArguments?.present;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const isBase = async (iso: string): Promise<boolean> => sha256(await readFile(iso)) === sha256(baseBytes);

describe.runIf(hasTools('xorriso', 'cpio'))('an ISO that is patched from a file', () => {
  it('holds the ignition, and the kernel arguments of the base', async () => {
    const { iso, file, backup } = await given();
    const { said, failed } = await command(['patch', iso, '--ignition', file]);
    expect(failed).toBeUndefined();
    expect(said).toEqual([
      `${iso} holds the ignition`,
      `what it held before is in ${backup}: \`npx ove iso restore ${iso}\` puts it back`,
    ]);
    expect(await ignitionIn(iso)).toBe(ignition);
    expect(await kernelArgumentsIn(iso)).toBe(kernelArguments);
  });

  it('leaves a backup for its owner alone, without anything of the ignition in it', async () => {
    const { iso, file, backup } = await given();
    await command(['patch', iso, '--ignition', file]);
    expect((await stat(backup)).mode & 0o777).toBe(0o600);
    expect(await readFile(backup, 'utf8')).not.toContain(secret);
    expect((await readdir(dirname(iso))).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('is the base ISO again when it is restored, and nothing is left', async () => {
    const { folder, iso, file } = await given();
    await command(['patch', iso, '--ignition', file]);
    expect(await isBase(iso)).toBe(false);
    expect(await command(['restore', iso])).toEqual({ said: [`${iso} is the base ISO again`], failed: undefined });
    expect(await isBase(iso)).toBe(true);
    expect((await readdir(folder)).toSorted()).toEqual([basename(iso), basename(file)].toSorted());
  });
});

describe.runIf(hasTools('xorriso', 'cpio'))('an ISO that is patched for an infra-env', () => {
  it('holds its ignition and its kernel arguments', async () => {
    const { iso } = await given();
    const api = await infraEnvApi({ ignition, kernelArguments: ['console=ttyS0', 'a="b c"'] });
    const { said, failed } = await command(['patch', iso, '--infra-env', api.id, '--api', `${api.url}/`], 'token-1');
    expect(failed).toBeUndefined();
    expect(said[0]).toBe(`${iso} holds the ignition and the kernel arguments, in 2 places`);
    expect(await ignitionIn(iso)).toBe(ignition);
    expect(await kernelArgumentsIn(iso)).toBe(`${kernelArguments} console=ttyS0 a="b c"`);
  });

  it('is patched with the token or the signature shown to the API alone, not to where it sends the client', async () => {
    const { iso } = await given();
    const api = await infraEnvApi({ ignition });
    const words = ['patch', iso, '--infra-env', api.id, '--api', api.url];
    await command(words, 'token-1');
    expect(api.authorizations).toEqual({ api: ['Bearer token-1', 'Bearer token-1'], storage: [undefined] });
    await command([...words, '--iam'], 'token-1');
    expect(api.authorizations.api.slice(2)).toEqual(['signed', 'signed']);
  });

  it('can be patched again: for the base as it was, and with its backup', async () => {
    const { iso } = await given();
    const first = await infraEnvApi({ ignition, kernelArguments: ['first=1'] });
    const second = await infraEnvApi({ ignition: '{"ignition":{"version":"3.2.0"}}', kernelArguments: ['second=2'] });
    for (const { id, url } of [first, second]) await command(['patch', iso, '--infra-env', id, '--api', url]);
    expect(await kernelArgumentsIn(iso)).toBe(`${kernelArguments} second=2`);
    expect(await ignitionIn(iso)).toBe('{"ignition":{"version":"3.2.0"}}');
    await command(['restore', iso]);
    expect(await isBase(iso)).toBe(true);
  });

  it('loses the kernel arguments of before when it is patched with none', async () => {
    const { iso, file } = await given();
    const { id, url } = await infraEnvApi({ ignition, kernelArguments: ['first=1'] });
    await command(['patch', iso, '--infra-env', id, '--api', url]);
    await command(['patch', iso, '--ignition', file]);
    expect(await kernelArgumentsIn(iso)).toBe(kernelArguments);
    await command(['restore', iso]);
    expect(await isBase(iso)).toBe(true);
  });

  it.each<[string, Parameters<typeof infraEnvApi>[0], string]>([
    ['another CPU', { ignition, architecture: 'arm64' }, 'iso: the ISO is for x86_64, not for arm64: get the base ISO'],
    ['too long kernel arguments', { ignition, kernelArguments: ['x'.repeat(500)] }, 'iso: the kernel arguments take'],
    ['no ignition', { ignition: `<html>${secret}` }, ': the ignition is not JSON'],
    ['no infra-env', { ignition, status: 404 }, 'iso: the API refuses with HTTP 404: record not found'],
    [
      'no right to it',
      { ignition, status: 401 },
      'HTTP 401: record not found; put a valid token into OVE_IGNITION_TOKEN',
    ],
    ['an answer of something else', { ignition, answer: '<html>' }, 'does not answer as this service does'],
  ])('is left alone for %s', async (_, settings, reason) => {
    const { iso, folder } = await given();
    const { id, url } = await infraEnvApi(settings);
    const { failed } = await command(['patch', iso, '--infra-env', id, '--api', url], 'token-1');
    expect(failed).toContain(reason);
    expect(failed).not.toMatch(new RegExp(`${secret}|token-1`));
    expect(await isBase(iso)).toBe(true);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('is left alone when nobody answers', async () => {
    const { iso } = await given();
    const { id, url, stop } = await infraEnvApi({ ignition });
    await stop();
    const { failed } = await command(['patch', iso, '--infra-env', id, '--api', url]);
    expect(failed).toBe(
      `iso: the API at ${url} does not answer (ECONNREFUSED): start it, or name its address with --api`,
    );
  });
});

/** What a crash leaves: the backup says that the ISO is being changed, and the ISO is changed up to some byte. */
const cutShort = async (iso: string, backup: string, settledBytes: (patched: Buffer) => Buffer): Promise<void> => {
  const text = await readFile(backup, 'utf8');
  await writeFile(backup, text.replace('"isSettled":true', '"isSettled":false'));
  await writeFile(iso, settledBytes(await readFile(iso)));
};

/** Inside the packed ignition: the first bytes that a patch writes. */
const insideIgnition = async (): Promise<number> => (await readIsoLayout(imageOf(baseBytes))).ignition.offset + 50;

describe.runIf(hasTools('xorriso', 'cpio'))('an ISO whose patching was cut short', () => {
  it.each(['restore', 'patch'])('can be made whole with %s', async (name) => {
    const { iso, file, backup } = await given();
    const half = await insideIgnition();
    await command(['patch', iso, '--ignition', file]);
    await cutShort(iso, backup, (patched) => Buffer.concat([patched.subarray(0, half), baseBytes.subarray(half)]));
    const { failed } = await command(name === 'patch' ? ['patch', iso, '--ignition', file] : ['restore', iso]);
    expect(failed).toBeUndefined();
    if (name === 'patch') expect(await ignitionIn(iso)).toBe(ignition);
    else expect(await isBase(iso)).toBe(true);
  });

  it('can be restored when nothing was written yet', async () => {
    const { iso, file, backup } = await given();
    await command(['patch', iso, '--ignition', file]);
    await cutShort(iso, backup, () => baseBytes);
    expect((await command(['restore', iso])).failed).toBeUndefined();
    expect(await isBase(iso)).toBe(true);
  });

  it('is not touched before its backup is written', async () => {
    const { iso, file, backup } = await given();
    await mkdir(`${backup}.part`);
    const { failed } = await command(['patch', iso, '--ignition', file]);
    expect(failed).toBe(`iso: ${backup}: it is a folder`);
    expect(await isBase(iso)).toBe(true);
  });
});

describe.runIf(hasTools('xorriso', 'cpio'))('an ISO that is not what its backup is of', () => {
  const patched = async () => {
    const paths = await given();
    await command(['patch', paths.iso, '--ignition', paths.file]);
    return paths;
  };

  it.each(['restore', 'patch'])('is left alone by %s when something else changed it', async (name) => {
    const { iso, file } = await patched();
    const at = await insideIgnition();
    const bytes = await readFile(iso);
    bytes.writeUInt8((bytes.readUInt8(at) + 1) % 256, at);
    await writeFile(iso, bytes);
    const { failed } = await command(name === 'patch' ? ['patch', iso, '--ignition', file] : ['restore', iso]);
    expect(failed).toMatch(/^iso: .* was changed by something else at byte \d+ after it was patched: get the base ISO/);
    expect(sha256(await readFile(iso))).toBe(sha256(bytes));
  });

  it.each(['restore', 'patch'])('is left alone by %s when it is another ISO', async (name) => {
    const { iso, file, backup } = await patched();
    await truncate(iso, baseBytes.length + 2048);
    const { failed } = await command(name === 'patch' ? ['patch', iso, '--ignition', file] : ['restore', iso]);
    expect(failed).toBe(`iso: ${backup} is of another ISO: remove it if ${iso} is a base ISO that was not patched`);
  });

  it('is the base ISO, got again: then the backup goes', async () => {
    const { iso, backup } = await patched();
    await copyFile(base, iso);
    expect((await command(['restore', iso])).failed).toBeUndefined();
    await expect(stat(backup)).rejects.toThrow('ENOENT');
  });

  it('has a damaged backup', async () => {
    const { iso, backup } = await patched();
    await truncate(backup, 100);
    expect((await command(['restore', iso])).failed).toBe(`iso: ${backup} is damaged: get the base ISO again`);
  });

  it('has none', async () => {
    const { iso, backup } = await given();
    expect((await command(['restore', iso])).failed).toBe(`iso: there is no ${backup}: nothing was patched`);
  });
});

describe.runIf(hasTools('xorriso', 'cpio'))('what is no CoreOS ISO', () => {
  it.each<[string, (iso: string) => Promise<void>, string]>([
    ['is not there', async () => undefined, ': there is no such file'],
    ['is a folder', async (iso) => void (await mkdir(iso)), ': it is a folder'],
    ['is empty', (iso) => writeFile(iso, ''), 'this is not an ISO 9660 image'],
    ['is cut off', (iso) => writeFile(iso, baseBytes.subarray(0, 10_000_000)), 'the ISO is cut off'],
  ])('is refused when it %s', async (_, make, reason) => {
    const { folder, file } = await given();
    const iso = join(folder, 'other.iso');
    await make(iso);
    expect((await command(['patch', iso, '--ignition', file])).failed).toContain(reason);
    expect(await readdir(folder)).not.toContain('other.iso.ove-backup');
  });
});

describe.runIf(hasTools('xorriso', 'cpio'))('a command line that means nothing', () => {
  const id = '5e1a7f6e-0000-4000-8000-000000000000';

  it.each<[string, string]>([
    ['', 'patch or restore?: see `npx ove iso --help`'],
    ['show', 'show is not one of patch, restore'],
    ['patch', 'which ISO? Name its file: see `npx ove iso patch --help`'],
    ['patch a.iso b.iso', 'one ISO at a time, not a.iso b.iso'],
    ['patch a.iso', 'whose settings? Name --infra-env ID, or --ignition FILE'],
    ['patch a.iso --infra-env ../x', '--infra-env ../x is not an id'],
    [`patch a.iso --infra-env ${id} --ignition f`, '--ignition stands alone'],
    [`patch a.iso --infra-env ${id} --api ftp://a`, '--api ftp://a is not an address like http://127.0.0.1:8090'],
    [`patch a.iso --infra-env ${id} --api http://me:pw@a`, '--api must not hold a user name or password'],
    ['restore', 'which ISO?'],
    ['restore a.iso --api http://a', "Unknown option '--api'"],
  ])('%s', async (words, reason) => {
    const { failed } = await command(words.split(' ').filter((word) => word !== ''));
    expect(failed).toMatch(/^iso: /);
    expect(failed).toContain(reason);
  });

  it.each([['--help'], ['patch', '--help'], ['restore', '--help']])('is explained by %s %s', async (...words) => {
    const { said } = await command(words.filter((word) => word !== undefined));
    expect(said.join('\n')).toMatch(/^npx ove iso /);
  });
});

describe.runIf(hasTools('xorriso', 'cpio'))('the program', () => {
  const program = (...args: string[]) => execa('node', ['cli/iso.ts', ...args], { reject: false, preferLocal: true });

  it('leaves a way back to the base ISO when it is killed between two places', async () => {
    const { iso } = await given();
    const { id, url } = await infraEnvApi({ ignition, kernelArguments: ['console=ttyS0'] });
    const words = ['patch', iso, '--infra-env', id, '--api', url].join(' ');
    // The system ends a process that writes beyond this many KiB of a file: the last place, of isolinux, is behind them.
    const limit = 8192;
    const killed = await execa({
      shell: '/bin/bash',
      reject: false,
      preferLocal: true,
    })`ulimit -f ${limit}; exec node cli/iso.ts ${words}`;
    expect(killed.failed).toBe(true);
    expect(await isBase(iso)).toBe(false);
    expect(await ignitionIn(iso)).toBe(ignition);
    expect((await command(['restore', iso])).failed).toBeUndefined();
    expect(await isBase(iso)).toBe(true);
  });

  it('patches and restores', async () => {
    const { iso, file } = await given();
    expect(await program('patch', iso, '--ignition', file)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await program('restore', iso)).toMatchObject({ exitCode: 0, stdout: `${iso} is the base ISO again` });
    expect(await isBase(iso)).toBe(true);
  });

  it('ends with 1 and one line on the error stream when it fails', async () => {
    const outcome = await program('restore', 'none.iso');
    expect(outcome).toMatchObject({ exitCode: 1, stdout: '', stderr: 'iso: none.iso: there is no such file' });
  });
});
