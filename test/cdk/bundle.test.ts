import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
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

it.each([
  ['api', 1_650_000],
  ['cluster-monitor', 600_000],
  ['downloads', 1_120_000],
  ['ignition', 1_650_000],
  ['iso', 750_000],
])('the bundle of the %s function is at most %i bytes: whoever calls it first waits for it', async (name, most) => {
  const { size } = await stat(new URL(await functionBundle(name)));
  expect(size).toBeLessThanOrEqual(most);
});

it('the bundle of the api function brings along the files that it reads', async () => {
  const folder = await temporaryFolder();
  bundled('api').bundling.local.tryBundle(folder);
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
