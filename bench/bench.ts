// `npm run bench`: what the service adds to the bare binary, and what the local stack answers per second. Everything is
// measured in one run on one machine; compare the ratios, not the milliseconds. OPENSHIFT_INSTALL names a real binary;
// without it the tests' stand-in is used.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { makeInstaller } from '#local/sample-release/openshift-install/make-installer.ts';
import { reportColdStarts } from './cold-start.ts';
import { emulatedPart, idleUsageOf, sharesPerRequest } from './cpu-shares.ts';
import { coldStarts } from './installer-cache-bench.ts';
import { reportCompositions, reportCosts } from './iso-report.ts';
import { type Load, measure, send } from './load-bench.ts';
import { ms, row } from './markdown-table.ts';

const node = process.execPath;
const root = join(import.meta.dirname, '..');
const folder = await mkdtemp(join(tmpdir(), 'ove-ignition-bench-'));
const dataDir = join(folder, 'data');
const installer =
  process.env.OPENSHIFT_INSTALL ??
  (await makeInstaller({ dir: join(folder, 'installer'), version: '4.20.3', generation: 'G1' }));

const server = execa(node, ['local/main.ts', '--port', '0', '--data', dataDir, '--installer', installer], {
  cwd: root,
  stderr: 'inherit',
  buffer: false,
});

const listening = async (): Promise<string> => {
  for await (const line of createInterface({ input: server.stdout })) {
    const [, url] = /^listening on (.+)$/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('the local stack did not start');
};

const pullSecret = JSON.stringify({ auths: { 'quay.io': { auth: Buffer.from('user:password').toString('base64') } } });
const api = `${await listening()}/api/assisted-install/v2`;
const json = JSON.stringify;

const releases = async (): Promise<string> => {
  const { stdout } = await execa(installer, ['version']);
  return stdout.split('\n')[0]?.split(' ').at(-1) ?? '';
};

const version = await releases();
const cluster = json({ name: 'bench', openshift_version: version, pull_secret: pullSecret });
const postCluster = { method: 'POST', url: `${api}/clusters`, body: cluster, status: 201 } as const;
const newCluster = async (): Promise<string> => JSON.parse(await send(postCluster)).id;

const clusterId = await newCluster();
const infraEnv = json({
  name: 'bench',
  pull_secret: pullSecret,
  cluster_id: clusterId,
  image_type: 'disconnected-iso',
});
const postInfraEnv = { method: 'POST', url: `${api}/infra-envs`, body: infraEnv, status: 201 } as const;
const infraEnvId = JSON.parse(await send(postInfraEnv)).id;
const download = `${api}/infra-envs/${infraEnvId}/downloads/files?file_name=discovery.ign`;
await send({ method: 'GET', url: download, status: 302 });

const get =
  (url: string, status = 200) =>
  () =>
    ({ method: 'GET', url, status }) as const;
const workloads = [
  { name: 'GET discovery.ign, there already', call: get(download, 302), requests: 400, original: '323 / 345 · 18' },
  { name: 'GET cluster', call: get(`${api}/clusters/${clusterId}`), requests: 800, original: '1.7 / 2.2 · 1343' },
  { name: 'GET infra-env', call: get(`${api}/infra-envs/${infraEnvId}`), requests: 800, original: '0.4 / 0.5 · 5542' },
  { name: 'POST cluster', call: () => postCluster, requests: 400, original: '4.5 / 5.6 · 450' },
  { name: 'GET list of 500 clusters', call: get(`${api}/clusters`), requests: 60, original: '18 / 25 · 29' },
  { name: 'POST infra-env (with its workflow)', call: () => postInfraEnv, requests: 60, original: '20 / 31 · 99' },
];

const fill = async (count: number) => {
  const { length: have } = JSON.parse(await send({ method: 'GET', url: `${api}/clusters`, status: 200 }));
  for (let missing = count - have; missing > 0; missing -= 1) await newCluster();
};

const times = ({ p50, p95 }: Load): string => `${ms(p50)} / ${ms(p95)}`;

const generationColumns = ['bare process ms', 'ignition function ms', 'added ms', 'ratio', 'examination ms'];

const generation = async () => {
  const { stdout } = await execa(node, ['bench/generation-bench.ts', dataDir, installer], { cwd: root });
  const { bare, complete, examined, megabytes } = JSON.parse(stdout);
  console.log(`\nGeneration, median of 20 in turns (${process.env.OPENSHIFT_INSTALL ? 'real binary' : 'stand-in'}):`);
  console.log(row([...generationColumns, 'memory of the function MiB']));
  console.log(row(['---', '---', '---', '---', '---', '---']));
  const ratio = (complete / bare).toFixed(2);
  console.log(row([ms(bare), ms(complete), ms(complete - bare), ratio, ms(examined), megabytes.toFixed(0)]));
};

/** What the requests of a load cost, their workflows included, as cells of the table. */
const withShares = async (load: () => Promise<Load>, count: number) => {
  const stackPid = server.pid ?? 0;
  const before = await idleUsageOf(stackPid);
  const result = await load();
  const shares = sharesPerRequest(before, await idleUsageOf(stackPid), count);
  const { functions, programs, emulators } = shares;
  const part = `${(100 * emulatedPart(shares)).toFixed(0)} %`;
  return { result, cells: [`${ms(functions)} + ${ms(programs)} + ${ms(emulators)}`, part] };
};

const columns = [
  'request',
  '1 client p50 / p95 ms',
  '8 clients p50 / p95 ms',
  'req/s at 8',
  'the original',
  'CPU ms: functions + programs + emulators',
  "the emulators' own",
];

const requests = async () => {
  console.log(
    '\nRequests to the local stack (the original: as published for 2 cores, 1 client p50 / p95 · req/s at 8; the emulators are what AWS would not have):',
  );
  console.log(row(columns));
  console.log(row(columns.map(() => '---')));
  for (const { name, call, requests: count, original } of workloads) {
    if (name.includes('500')) await fill(500);
    await measure(call, { clients: 8, requests: Math.ceil(count / 10) });
    const one = await measure(call, { clients: 1, requests: Math.ceil(count / 4) });
    const { result: eight, cells } = await withShares(() => measure(call, { clients: 8, requests: count }), count);
    console.log(row([name, times(one), times(eight), eight.perSecond.toFixed(0), original, ...cells]));
  }
};

const coldStart = async () => {
  const stack = JSON.parse(await readFile(join(dataDir, 'stack.json'), 'utf8'));
  console.log('\nCold start of the installer cache, from S3 to the verified binary of 600 MB; then found again:');
  console.log(row(['stored as', 'stored MB', 'seconds', 'MB/s of the binary', 'peak memory MiB', 'found again µs']));
  console.log(row(['---', '---', '---', '---', '---', '---']));
  for (const result of await coldStarts({ stack, folder })) {
    const { encoding, storedBytes, binaryBytes, seconds, peakMiB, lookupMicroseconds } = result;
    const rate = (binaryBytes / 1e6 / seconds).toFixed(0);
    const memory = peakMiB.toFixed(0);
    const stored = (storedBytes / 1e6).toFixed(0);
    console.log(row([encoding, stored, seconds.toFixed(2), rate, memory, lookupMicroseconds.toFixed(0)]));
  }
};

try {
  await generation();
  await requests();
  await reportColdStarts();
  await coldStart();
  await reportCompositions({ folder, installer });
  reportCosts();
} finally {
  server.kill();
  await server.catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
}
