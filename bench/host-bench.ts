// `npm run bench:hosts`: what many hosts with static networks cost: registration and the first download of their ignition, against the bare
// binary and against nmstatectl alone. With OPENSHIFT_INSTALL and an installed nmstatectl real programs are measured, else
// the tests' stand-ins, each of which starts a Node process: compare the ratios.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { inputFiles } from '#domain/ignition/input-manifests.ts';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { startLocal } from '#local/local-stack.ts';
import { makeInstaller } from '#local/sample-release/openshift-install/make-installer.ts';
import { client, createCluster, disconnected, ignitionPath, pullSecret } from '#test/scenarios/client.ts';
import { pathWithNmstatectl } from '#test/stand-ins/openshift-install/make-nmstatectl.ts';
import { row } from './markdown-table.ts';

type Networks = NonNullable<InfraEnvSettings['static_network_config']>;

const folder = await mkdtemp(join(tmpdir(), 'ove-ignition-bench-'));
const installer =
  process.env.OPENSHIFT_INSTALL ??
  (await makeInstaller({ dir: join(folder, 'installer'), version: '4.20.3', generation: 'G1' }));
process.env.PATH = await pathWithNmstatectl(join(folder, 'nmstate'));
const stack = await startLocal({ dataDir: join(folder, 'data'), port: 0, installers: [installer], logLevel: 'SILENT' });
const api = client(stack.url);
const clusterId = await createCluster(api, stack.releases[0]?.version ?? '');

const hex = (value: number): string => value.toString(16).padStart(2, '0');

/** Hosts that nobody has registered before: each series has addresses of its own. */
const networksOf = (count: number, series: number): Networks =>
  Array.from({ length: count }, (_, host) => ({
    network_yaml:
      'interfaces:\n- name: eth0\n  type: ethernet\n  state: up\n  ipv4:\n    enabled: true\n    dhcp: false\n' +
      `    address:\n    - ip: 10.${series}.1.${host}\n      prefix-length: 16\n` +
      'dns-resolver:\n  config:\n    server:\n    - 10.0.0.53\n' +
      'routes:\n  config:\n  - destination: 0.0.0.0/0\n    next-hop-address: 10.0.0.1\n    next-hop-interface: eth0\n',
    mac_interface_map: [{ mac_address: `52:54:00:${hex(series)}:00:${hex(host)}`, logical_nic_name: 'eth0' }],
  }));

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};

/** Asks until the answer is there, as a client does that is told to ask again. */
const until = async (status: number, ask: () => Promise<{ readonly status: number; readonly body: unknown }>) => {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask();
    if (answer.status === status) return { tries, body: answer.body };
    if (answer.status < 503) throw new Error(JSON.stringify(answer.body));
  }
};

const bareBinary = async (networks: Networks): Promise<void> => {
  const dir = await mkdtemp(join(folder, 'bare-'));
  const infraEnv = {
    id: 'bench',
    name: 'bench',
    cpuArchitecture: 'x86_64',
    settings: { static_network_config: networks },
  } as const;
  for (const { path, content } of inputFiles({ infraEnv, pullSecret })) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  }
  await execa(installer, ['agent', 'create', 'unconfigured-ignition', '--dir', dir, ...flags]);
};

const bareNmstatectl = async (networks: Networks): Promise<void> => {
  const file = join(folder, 'host.yaml');
  for (const { network_yaml } of networks.slice(0, 20)) {
    await writeFile(file, network_yaml);
    await execa('nmstatectl', ['gc', file]);
  }
};

const help = await execa(installer, ['agent', 'create', 'unconfigured-ignition', '--help'], { all: true });
const flags = help.all.includes('--interactive') ? ['--interactive'] : [];

const measured = async (count: number, series: number): Promise<readonly string[]> => {
  const networks = networksOf(count, series);
  const program = ((await seconds(() => bareNmstatectl(networks))) / 20) * count;
  const binary = await seconds(() => bareBinary(networks));
  const body = disconnected(clusterId, { static_network_config: networks });
  let tries = 0;
  let infraEnvId = '';
  const registration = await seconds(async () => {
    const answer = await until(201, () => api.post('/v2/infra-envs', body));
    tries = answer.tries;
    infraEnvId = (answer.body as { readonly id: string }).id;
  });
  const download = await seconds(() => until(302, () => api.get(ignitionPath(infraEnvId))));
  return [program, registration, binary, download].map((value) => value.toFixed(1)).concat(String(tries));
};

try {
  console.log('\nHosts with static networks, seconds from the request to the answer:');
  console.log(
    row(['hosts', 'nmstatectl alone, one by one', 'POST infra-env', 'bare binary', 'first download', 'tries of POST']),
  );
  console.log(row(['---', '---', '---', '---', '---', '---']));
  for (const [series, count] of [50, 150, 250].entries()) {
    console.log(row([String(count), ...(await measured(count, series + 1))]));
  }
} finally {
  await stack.close();
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
