import { execFileSync } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HostFile } from '#domain/host/host-file.ts';
import { guardScript, waitForClusterScript, waitForHostIgnitionScript } from '#domain/installation/scripts.ts';
import { serveInTest } from '#test/fakes/serve-in-test.ts';
import { hasTools, pathOf } from '#test/tools.ts';
import { machine } from '../ignition/standard/machine.ts';

const consoleText = '/etc/issue.d/80-ove-ignition.issue';
const infraEnvId = '22222222-2222-4222-8222-222222222222';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

type Answer = readonly object[] | 'refused' | 'broken';

/** The site's service: each request gets the next answer, the last one for ever. */
const siteService = async (answers: readonly Answer[], token = '') => {
  const asked: string[] = [];
  const url = await serveInTest((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? 'refused';
    asked.push(request.url ?? '');
    const isAllowed = (request.headers.authorization ?? '') === token;
    response.statusCode = answer === 'refused' ? 503 : isAllowed ? 200 : 401;
    response.end(answer === 'broken' ? '<html>' : JSON.stringify(isAllowed ? answer : { code: 401 }));
  });
  return { asked, url: `${url}/` };
};

const quiet = {
  agetty: 'echo reload >> "$SYSTEM_ROOT/reloads"',
  sleep: 'cp "$SYSTEM_ROOT"/etc/issue.d/* "$SYSTEM_ROOT/seen" 2>/dev/null; /bin/sleep 0.01',
};

const host = (override = '{"ignition":{"version":"3.2.0"}}', status = 'known') => ({
  id: 'x',
  status,
  ignition_config_overrides: override,
});
const patched = (count: number) => Array.from({ length: count }, () => host());
const unpatched = (count: number) => Array.from({ length: count }, () => host(''));

const wait = async (
  answers: readonly Answer[],
  { token = '', counts = {} }: { token?: string; counts?: object } = {},
) => {
  const here = await machine([waitForHostIgnitionScript], quiet);
  const service = await siteService(answers, token);
  const run = await here.run(waitForHostIgnitionScript.path, [], {
    SERVICE_BASE_URL: service.url,
    INFRA_ENV_ID: infraEnvId,
    REQUIRED_MASTER_NODES: '3',
    REQUIRED_WORKER_NODES: '2',
    ...(token === '' ? {} : { USER_AUTH_TOKEN: token }),
    ...counts,
  });
  return { ...run, here, asked: service.asked };
};

describe.runIf(hasTools('curl', 'jq'))('an installation that starts by itself', () => {
  it.each<[string, Answer[]]>([
    [
      'hosts come one by one, each without what the ISO hands it at first',
      [
        [],
        unpatched(1),
        [...patched(1), ...unpatched(1)],
        patched(2),
        [...patched(2), ...unpatched(3)],
        [...patched(4), ...unpatched(1)],
        patched(5),
      ],
    ],
    [
      'all hosts are there, and get it in another order',
      [unpatched(5), [...unpatched(2), ...patched(3)], [...patched(1), ...unpatched(1), ...patched(3)], patched(5)],
    ],
    ['all that are there have it, but one has not come', [patched(4), patched(4), patched(5)]],
    ['one more comes and has to get it too', [[...patched(5), ...unpatched(1)], patched(6)]],
    ['a host has null instead of a text', [[...patched(4), { id: 'x', ignition_config_overrides: null }], patched(5)]],
    ['a host has no such member', [[...patched(4), { id: 'x' }], patched(5)]],
    [
      'the service does not answer, or answers with something else, in between',
      ['refused', patched(3), 'broken', 'refused', patched(5)],
    ],
  ])('waits until every host has its ignition: %s', async (_, answers) => {
    const { exitCode, asked, here } = await wait(answers);
    expect({ exitCode, asked: asked.length }).toEqual({ exitCode: 0, asked: answers.length });
    expect(asked[0]).toBe(`/api/assisted-install/v2/infra-envs/${infraEnvId}/hosts`);
    expect(await exists(join(here.root, consoleText))).toBe(false);
  });

  it('starts at once when all have it', async () => {
    const { exitCode, asked, here } = await wait([patched(5)]);
    expect({ exitCode, asked: asked.length }).toEqual({ exitCode: 0, asked: 1 });
    expect(await exists(join(here.root, 'reloads'))).toBe(false);
  });

  it('counts an arbiter among those that it waits for', async () => {
    const { asked } = await wait([patched(5), patched(6)], { counts: { REQUIRED_ARBITER_NODES: '1' } });
    expect(asked).toHaveLength(2);
  });

  it("asks with the user's token where the service wants one", async () => {
    const { exitCode, asked } = await wait([patched(5)], { token: 'a.b.c' });
    expect({ exitCode, asked: asked.length }).toEqual({ exitCode: 0, asked: 1 });
  });

  it('says on the console what it waits for and where to look', async () => {
    const { here } = await wait([[...patched(2), ...unpatched(1)], patched(5)]);
    expect(await here.read('seen')).toBe(
      'Waiting for 5 hosts: 3 are there, 2 have what the ISO hands them.\nIf this stays: journalctl -u update-hosts -u apply-host-config\n',
    );
  });
});

describe('the infra-env', () => {
  it('is registered only once the cluster is', async () => {
    const systemctl = ['echo "$*" >> "$SYSTEM_ROOT/asked"', '[ "$(wc -l < "$SYSTEM_ROOT/asked")" -ge 3 ]'].join('\n');
    const here = await machine([waitForClusterScript], { ...quiet, systemctl });
    const { exitCode } = await here.run(waitForClusterScript.path);
    expect(exitCode).toBe(0);
    expect(await here.read('asked')).toBe('is-active --quiet agent-register-cluster.service\n'.repeat(3));
    expect(await here.read('seen')).toContain('journalctl -u agent-register-cluster');
    expect(await exists(join(here.root, consoleText))).toBe(false);
  });
});

interface Partition {
  readonly label: string;
  /** Files of its root; none where it cannot be mounted. */
  readonly files?: readonly string[];
}

/** A rendezvous host with these partitions; mounting one puts its files into the place. */
const guarded = async (partitions: Readonly<Record<string, Partition>>) => {
  const here = await machine([guardScript], {
    ...quiet,
    lsblk: Object.entries(partitions)
      .map(([device, { label }]) => `echo '${device} ${label}'`)
      .join('\n'),
    mount: `echo "$*" >> "$SYSTEM_ROOT/mounts"
for last; do :; done
device=$3
[ -d "$SYSTEM_ROOT/disks$device" ] || exit 32
cp -R "$SYSTEM_ROOT/disks$device/." "$last/"`,
    umount: 'rm -rf "$1"/*',
  });
  for (const [device, { files = [] }] of Object.entries(partitions)) {
    for (const file of files) await here.write(`/disks${device}/${file}`, '');
  }
  return { here, run: await here.run(guardScript.path) };
};

const bootFiles = ['loader/entries/ostree-1.conf', 'ostree/rhcos/vmlinuz'];

describe('the guard of the rendezvous host', () => {
  it.each<[string, Readonly<Record<string, Partition>>]>([
    ['an empty disk', { '/dev/sda': { label: '' } }],
    ['no disk', {}],
    ['a disk of something else', { '/dev/sda1': { label: 'EFI' }, '/dev/sda2': { label: 'data', files: bootFiles } }],
    [
      'a disk that was written and never started',
      { '/dev/sda3': { label: 'boot', files: [...bootFiles, 'ignition.firstboot'] } },
    ],
    ['a boot partition that cannot be mounted', { '/dev/sda3': { label: 'boot' } }],
    ['a boot partition without an operating system', { '/dev/sda3': { label: 'boot', files: ['lost+found/x'] } }],
  ])('lets it be installed: %s', async (_, partitions) => {
    const { run, here } = await guarded(partitions);
    expect(run.exitCode, run.all).toBe(0);
    expect(await exists(join(here.root, consoleText))).toBe(false);
  });

  it.each<[string, Readonly<Record<string, Partition>>]>([
    ['the only disk', { '/dev/sda3': { label: 'boot', files: bootFiles } }],
    [
      'a second disk',
      {
        '/dev/sda3': { label: 'boot', files: [...bootFiles, 'ignition.firstboot'] },
        '/dev/sdb3': { label: 'boot', files: bootFiles },
      },
    ],
  ])('stops it, and says why and what to do, where a node is installed: %s', async (_, partitions) => {
    const { run, here } = await guarded(partitions);
    expect(run.exitCode).toBe(1);
    const text = await here.read(consoleText);
    expect(text).toMatch(/^This host is installed already \(\/dev\/sd[ab]3\)/);
    expect(text).toContain('allow_reinstall');
    expect(run.all).toContain('allow_reinstall');
  });

  it('writes to no disk', async () => {
    const { here } = await guarded({ '/dev/sda3': { label: 'boot', files: bootFiles } });
    expect(await here.read('mounts')).toMatch(/^-o ro,norecovery \/dev\/sda3 \S+\n$/);
  });
});

describe('the scripts', () => {
  const scripts: readonly HostFile[] = [waitForClusterScript, waitForHostIgnitionScript, guardScript];

  it('are for any POSIX shell and can be executed', () => {
    for (const { text, mode } of scripts) {
      expect(text).toMatch(/^#!\/bin\/sh\n/);
      expect(mode).toBe(0o755);
    }
  });

  it.runIf(hasTools('shellcheck'))('have nothing that shellcheck minds', () => {
    for (const { text } of scripts) {
      const output = execFileSync(pathOf('shellcheck') ?? '', ['--shell=sh', '--severity=style', '-'], {
        input: text,
        encoding: 'utf8',
      });
      expect(output).toBe('');
    }
  });
});
