import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '#cdk/build-app.ts';
import { jwtContext } from './template.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

let outdir: string;

beforeAll(async () => {
  outdir = await mkdtemp(join(tmpdir(), 'ove-ignition-synth-'));
});

afterAll(() => rm(outdir, { recursive: true, force: true }));

describe('the rules of cdk-nag', () => {
  it.each([
    ['IAM', {}],
    ['JWT', jwtContext],
  ])('are kept with authorization by %s', (_, context) => {
    const { app } = buildApp({ context, outdir, templateOnly: true });
    expect(new AwsSolutionsChecks().validateScope(app).violations).toEqual([]);
  });

  it('notice a wider right than the acknowledged ones', () => {
    const { app, stack } = buildApp({ outdir, templateOnly: true });
    const api = stack.node.findChild('ApiFunction') as LambdaFunction;
    api.addToRolePolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
    const { violations } = new AwsSolutionsChecks().validateScope(app);
    expect(violations.map(({ ruleName }) => ruleName)).toEqual(['AwsSolutions-IAM5[Resource::*]']);
  });
});

describe('synthesis, as the command line of the CDK runs it, without Docker and credentials', () => {
  let synthesis: { readonly exitCode?: number | undefined; readonly all: string };

  const read = async (name: string) => JSON.parse(await readFile(join(outdir, name), 'utf8'));

  beforeAll(async () => {
    const { context } = JSON.parse(await readFile(join(root, 'cdk.json'), 'utf8'));
    synthesis = await execa(process.execPath, ['cdk/app.ts'], {
      cwd: root,
      env: {
        PATH: dirname(process.execPath),
        HOME: outdir,
        CDK_OUTDIR: outdir,
        CDK_CONTEXT_JSON: JSON.stringify({ ...context, bakedInstallers: '4.20.3, 4.19.17' }),
      },
      extendEnv: false,
      reject: false,
      all: true,
    });
  });

  it('succeeds and finds nothing to report', async () => {
    expect(synthesis.all).not.toMatch(/error|warning/i);
    expect(synthesis.exitCode).toBe(0);
    expect((await read('validation-report.json')).pluginReports).toEqual([]);
  });

  it('is for any account and region', async () => {
    const { artifacts } = await read('manifest.json');
    expect(artifacts.OveIgnition.environment).toBe('aws://unknown-account/unknown-region');
  });

  it('builds the ignition image for linux/amd64 from the Dockerfile and the bundled handler', async () => {
    const [image] = Object.values((await read('OveIgnition.assets.json')).dockerImages);
    const { directory, ...source } = (image as { source: { directory: string } }).source;
    expect(source).toEqual({
      platform: 'linux/amd64',
      dockerBuildArgs: { OPENSHIFT_INSTALL_VERSIONS: '4.20.3 4.19.17' },
    });
    const files = await readdir(join(outdir, directory));
    expect(files).toEqual(
      expect.arrayContaining([
        'Dockerfile',
        ...['index', 'program-runner'].flatMap((n) => [`${n}.mjs`, `${n}.mjs.map`]),
      ]),
    );
    expect(files.filter((name) => !/^Dockerfile$|\.mjs(\.map)?$/.test(name))).toEqual([]);
  });

  it('bundles every function into modules that need no package', async () => {
    const { files, dockerImages } = await read('OveIgnition.assets.json');
    const folders = [...Object.values(files), ...Object.values(dockerImages)].flatMap((asset) => {
      const { source } = asset as { source: { path?: string; directory?: string } };
      const folder = source.directory ?? source.path ?? '';
      return folder.startsWith('asset.') ? [folder] : [];
    });
    expect(folders).toHaveLength(5);
    for (const folder of folders) {
      const module = pathToFileURL(join(outdir, folder, 'index.mjs')).href;
      const loaded = await execa(process.execPath, ['--input-type=module', '--eval', `await import('${module}')`], {
        cwd: outdir,
        env: { AWS_REGION: 'eu-west-1' },
        extendEnv: false,
        reject: false,
      });
      // Without its environment a handler gets as far as its check, and no further.
      expect(loaded.stderr).toContain('TABLE_NAME');
      expect(loaded.stderr).not.toMatch(/ERR_MODULE_NOT_FOUND|Dynamic require/);
    }
  });
});
