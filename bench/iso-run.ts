// Composes one ISO of the given size through the whole local stack; a process of its own, so that the memory and the parts
// in S3 are those of one composition. With `stream` it also has another process stream the same base ISO with the patches
// applied, as a service has to that makes the ISO at every download. Prints one line of JSON.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { dynamoDb } from '#adapters/dynamodb-client.ts';
import { releaseStore } from '#adapters/release-store.ts';
import { progressLine } from '#cli/progress.ts';
import { runCommand } from '#cli/release-commands.ts';
import { compositionOf } from '#domain/composition/composition.ts';
import type { BaseIso } from '#domain/release/release.ts';
import { startLocal } from '#local/local-stack.ts';
import { importLargeIso, largeIsoAddress } from '#test/fakes/large-base-iso.ts';
import { watchMemory } from '#test/fakes/memory.ts';
import { countS3Parts } from '#test/fakes/s3-part-counter.ts';
import { median } from './statistics.ts';

const [folder = '', installer = '', gigabytes = '4', stream = ''] = process.argv.slice(2);
const sector = 2048;
const size = Math.floor((Number(gigabytes) * 1e9) / sector) * sector;
const place = await mkdtemp(join(folder, 'iso-'));
const dataDir = join(place, 'data');

await importLargeIso({ dataDir, folder: place, size, shift: Math.floor(size / 2 / sector) * sector });
const stack = await startLocal({ dataDir, port: 0, installers: [installer], logLevel: 'SILENT' });
const [release] = stack.releases;
if (release === undefined) throw new Error('the stack has no release');

const send = async (method: string, url: string, body?: object) => {
  const headers = { 'content-type': 'application/json' };
  const sent = await fetch(url, { method, headers, redirect: 'manual', ...(body && { body: JSON.stringify(body) }) });
  const text = await sent.text();
  if (sent.status >= 500 && sent.status !== 503) throw new Error(`${method} ${url}: ${sent.status} ${text}`);
  return { status: sent.status, body: text.startsWith('{') ? JSON.parse(text) : {} };
};

/** In seconds. */
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};

const addIso = () =>
  runCommand(['add-iso', release.version, '--s3', largeIsoAddress, '--data', dataDir], {
    say: () => undefined,
    progress: progressLine({ write: () => undefined }),
    signal: new AbortController().signal,
    clock: () => new Date(),
    patience: { stallMs: 30_000, attempts: 1, firstDelayMs: 1 },
    releaseKey: () => Promise.reject(new Error('not asked for')),
  });

const api = `${stack.url}/api/assisted-install/v2`;
const pull_secret = JSON.stringify({ auths: { 'quay.io': { auth: Buffer.from('user:password').toString('base64') } } });
const kernelArguments = ['console=ttyS0'];

const register = async (): Promise<{ id: string; download_url: string }> => {
  const cluster = { name: 'bench', openshift_version: release.version, pull_secret };
  const { id: cluster_id } = (await send('POST', `${api}/clusters`, cluster)).body;
  const kernel_arguments = kernelArguments.map((value) => ({ operation: 'append', value }));
  const infraEnv = { name: 'bench', pull_secret, cluster_id, image_type: 'disconnected-iso', kernel_arguments };
  return (await send('POST', `${api}/infra-envs`, infraEnv)).body;
};

/** From the registration to the link to the ISO: the ignition is generated on the way. */
const compose = async () => {
  const infraEnv = await register();
  while ((await send('HEAD', infraEnv.download_url)).status !== 302) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return infraEnv;
};

const plans = 50;

const planned = (baseIso: BaseIso, id: string, ignition: Uint8Array) => {
  const settings = { kernel_arguments: kernelArguments.map((value) => ({ operation: 'append' as const, value })) };
  const compositions = Array.from({ length: plans }, () => {
    const started = performance.now();
    const { plan } = compositionOf({ infraEnv: { id, settings }, baseIso, ignition });
    return { plan, milliseconds: performance.now() - started };
  });
  return { planMs: median(compositions.map(({ milliseconds }) => milliseconds)), parts: compositions[0]?.plan.length };
};

const baseIsoOf = async (): Promise<BaseIso> => {
  const found = await releaseStore({ client: dynamoDb(), tableName: stack.tableName }).get(release.version, {});
  if (found?.baseIso === undefined) throw new Error('the base ISO was not added');
  return found.baseIso;
};

const streamed = async (baseIso: BaseIso): Promise<number> => {
  const described = JSON.stringify({ bucket: stack.releasesBucket, ...baseIso });
  const { stdout } = await execa(process.execPath, [join(import.meta.dirname, 'iso-stream.ts'), described]);
  return Number(stdout);
};

const addSeconds = await timed(addIso);
const riseOfMemory = watchMemory();
const { parts: moved, end } = countS3Parts();
let infraEnvId = '';
const composeSeconds = await timed(async () => {
  infraEnvId = (await compose()).id;
});
end();
const memoryMiB = riseOfMemory();
const baseIso = await baseIsoOf();
const file = await fetch(`${api}/infra-envs/${infraEnvId}/downloads/files?file_name=discovery.ign`);
const ignition = Buffer.from(await file.arrayBuffer());
const streamSeconds = stream === 'stream' ? await streamed(baseIso) : undefined;
const through = { uploaded: moved.bytesUploaded, read: moved.bytesRead };
const figures = { size, addSeconds, composeSeconds, streamSeconds, ...through, memoryMiB };
await stack.close();
await rm(place, { recursive: true, force: true });
console.log(JSON.stringify({ ...figures, ...planned(baseIso, infraEnvId, ignition) }));
process.exit(0);
