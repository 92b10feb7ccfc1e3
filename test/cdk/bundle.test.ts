import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type * as z from 'zod';
import { bundled } from '#cdk/bundle.ts';
import type { environment as api } from '#functions/api/api-env.ts';
import { functionBundle } from '#local/function-bundle.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { httpEvent } from '#test/runtime/events.ts';

const run = promisify(execFile);

/** Calls the handler of a bundle in a Node of its own, which finds nothing but what lies beside the bundle. */
const script = `
  import { handler } from './index.mjs';
  const answer = await handler(JSON.parse(process.argv[1]), { getRemainingTimeInMillis: () => 1000 });
  console.log(JSON.stringify({ status: answer.statusCode, length: answer.body.length }));
`;

const environment: z.input<typeof api> = {
  AUTHENTICATION: 'iam',
  IMAGE_TOKEN_KEY_ARN: 'arn:aws:kms:eu-west-1:123456789012:key/7d1f9a34-2c56-4e8b-b0a7-91c3e5d2f604',
  TABLE_NAME: 'table',
  ARTIFACTS_BUCKET: 'artifacts',
  PULL_SECRET_KEY_ARN: 'arn:aws:kms:eu-west-1:123456789012:key/0b5c8e52-5d6c-4a0e-9c2f-6f3a3c1d2e4f',
  DISCONNECTED_TRANSITION_ARN: 'arn:aws:states:eu-west-1:123456789012:stateMachine:disconnected-transition',
  PREPARE_MEDIA_ARN: 'arn:aws:states:eu-west-1:123456789012:stateMachine:prepare-media',
  IGNITION_FUNCTION_NAME: 'ignition',
  CLUSTERS_PER_USER: '1000',
  INFRA_ENVS_PER_USER: '1000',
};

/** A module of a bundle and those that it imports at once, by their names. */
const loadedWith = async (folder: string, name: string, found = new Map<string, number>()) => {
  const text = await readFile(join(folder, name), 'utf8');
  found.set(name, Buffer.byteLength(text));
  for (const [, imported = ''] of text.matchAll(/(?:\bfrom|\bimport)"\.\/([^"]+)"/g)) {
    if (!found.has(imported)) await loadedWith(folder, imported, found);
  }
  return found;
};

it.each([
  ['api', 790_000],
  ['cluster-monitor', 430_000],
  ['downloads', 605_000],
  ['ignition', 910_000],
  ['iso', 600_000],
])('of the %s function at most %i bytes are loaded before its first request', async (name, most) => {
  const folder = dirname(fileURLToPath(await functionBundle(name)));
  const loaded = await loadedWith(folder, 'index.mjs');
  expect([...loaded.values()].reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(most);
});

it.each([
  ['api', ['MultipartUpload', 'InvokeCommand', 'StartSyncExecution', 'GenerateMac', 'createRemoteJWKSet']],
  [
    'downloads',
    ['InvokeCommand', 'StartSyncExecution', 'GenerateMac', 'createRemoteJWKSet', 'YAMLException', '/v2/clusters'],
  ],
])('the %s function loads what its first request may not need when one does', async (name, words) => {
  const folder = dirname(fileURLToPath(await functionBundle(name)));
  const loaded = await loadedWith(folder, 'index.mjs');
  const texts = await Promise.all([...loaded.keys()].map((file) => readFile(join(folder, file), 'utf8')));
  expect(words.filter((word) => texts.some((text) => text.includes(word)))).toEqual([]);
});

/** On a machine whose umask lets nobody else read what is made. */
const madeInPrivate = (folder: string): void => {
  const umask = process.umask(0o077);
  try {
    bundled('api').bundling.local.tryBundle(folder);
  } finally {
    process.umask(umask);
  }
};

it('the bundle of the api function brings along the files that it reads, for whichever user Lambda runs it as', async () => {
  const folder = await temporaryFolder();
  madeInPrivate(folder);
  for (const entry of await readdir(folder, { recursive: true })) {
    const { mode } = await stat(join(folder, entry));
    expect([entry, mode & 0o044]).toEqual([entry, 0o044]);
  }
  for (const path of ['/docs/swagger-ui-bundle.js', '/docs/favicon-32x32.png', '/openapi.json', '/']) {
    const { stdout } = await run(
      process.execPath,
      ['--input-type=module', '--eval', script, JSON.stringify(httpEvent({ path }))],
      { cwd: folder, env: environment },
    );
    const { status, length } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    expect([path, status]).toEqual([path, 200]);
    expect(length).toBeGreaterThan(500);
  }
});
