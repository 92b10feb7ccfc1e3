import { readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { environment as api } from '#functions/api/env.ts';
import { environment as clusterMonitor } from '#functions/cluster-monitor/env.ts';
import { environment as downloads } from '#functions/downloads/env.ts';
import { environment as ignition } from '#functions/ignition/env.ts';
import { flat, type Resource, resourcesOf, synthesize } from './template.ts';

const schemas = { api, downloads, ignition, 'cluster-monitor': clusterMonitor };
const names = Object.keys(schemas) as (keyof typeof schemas)[];
const zipNames = names.filter((name) => name !== 'ignition');

let template: Template;

beforeAll(() => {
  template = synthesize();
});

const functionNamed = (name: string): Resource => {
  const [found] = resourcesOf(template, 'AWS::Lambda::Function').filter(
    ([, { Metadata }]) => Metadata?.['ove-ignition:function'] === name,
  );
  if (found === undefined) throw new Error(`no function ${name}`);
  return found[1];
};

/** What a deployed resource's reference would be. */
const deployed = (reference: unknown): string => {
  const name = flat(reference);
  if (typeof reference === 'string') return reference;
  if (name.startsWith('PullSecretKey'))
    return 'arn:aws:kms:eu-west-1:123456789012:key/0b5c8e52-5d6c-4a0e-9c2f-6f3a3c1d2e4f';
  if (/^(PrepareMedia|DisconnectedTransition)/.test(name)) {
    return `arn:aws:states:eu-west-1:123456789012:stateMachine:${name}`;
  }
  return name;
};

const environmentOf = (name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(functionNamed(name).Properties.Environment.Variables).map(([key, value]) => [key, deployed(value)]),
  );

describe('every function', () => {
  it('is marked with its folder', () => {
    const marks = resourcesOf(template, 'AWS::Lambda::Function').map(([, r]) => r.Metadata?.['ove-ignition:function']);
    expect(marks.toSorted()).toEqual(names.toSorted());
  });

  it.each(names)('%s gets the environment that it asks for', (name) => {
    expect(schemas[name].safeParse(environmentOf(name)).error).toBeUndefined();
  });

  it.each(names)('%s gets nothing that it does not ask for, beside what the runtime reads', (name) => {
    const asked = [...Object.keys(schemas[name].shape), 'NODE_OPTIONS', 'POWERTOOLS_SERVICE_NAME'];
    expect(Object.keys(environmentOf(name)).toSorted()).toEqual(asked.toSorted());
  });

  it.each(names)('%s logs JSON into a log group of its own', (name) => {
    const { LogFormat, LogGroup } = functionNamed(name).Properties.LoggingConfig;
    expect(LogFormat).toBe('JSON');
    expect(flat(LogGroup).toLowerCase()).toMatch(new RegExp(`^${name.replace('-', '')}functionlog`));
  });

  it.each(zipNames)('%s runs on Node 24 and arm64', (name) => {
    expect(functionNamed(name).Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
  });

  it.each(['api', 'downloads'])('%s ends before API Gateway gives up after 30 s', (name) => {
    expect(functionNamed(name).Properties.Timeout).toBeLessThan(30);
  });
});

it('every log group has a retention', () => {
  const groups = resourcesOf(template, 'AWS::Logs::LogGroup');
  expect(groups).toHaveLength(7);
  for (const [id, { Properties }] of groups) expect([id, Properties.RetentionInDays]).toEqual([id, 30]);
});

describe('the ignition function', () => {
  it('is an image for x86-64 with room for installers', () => {
    const { Properties } = functionNamed('ignition');
    expect(Properties).toMatchObject({ PackageType: 'Image', Architectures: ['x86_64'], MemorySize: 3008 });
    expect(Properties.EphemeralStorage).toEqual({ Size: 10_240 });
  });

  it('keeps its cache within that room', () => {
    const { INSTALLER_CACHE_BYTES } = ignition.parse(environmentOf('ignition'));
    expect(INSTALLER_CACHE_BYTES).toBeLessThan(9 * 1024 ** 3);
  });

  it('outlives the installer but not the workflow step that waits for it', () => {
    const { Properties } = functionNamed('ignition');
    const definition = readFileSync(new URL('../../statemachines/prepare-media.asl.json', import.meta.url), 'utf8');
    const { GenerateIgnition } = JSON.parse(definition).States;
    expect(Properties.Timeout).toBeGreaterThan(ignition.parse(environmentOf('ignition')).INSTALLER_TIMEOUT_SECONDS);
    expect(Properties.Timeout).toBeLessThan(GenerateIgnition.TimeoutSeconds);
  });
});

describe('schemas of the environments', () => {
  it.each([
    ['downloads', 'LINK_SECONDS', ['0', '-1', '1.5', '604801', 'soon', '']],
    ['ignition', 'INSTALLER_CACHE_BYTES', ['0', '1.5', 'much', '']],
    ['ignition', 'INSTALLER_TIMEOUT_SECONDS', ['0', '-5', '']],
    ['ignition', 'WORKSPACE_DIR', ['workspaces', '']],
    ['ignition', 'PULL_SECRET_KEY_ARN', ['alias/pull-secrets', '']],
    ['api', 'PREPARE_MEDIA_ARN', ['prepare-media', 'arn:aws:lambda:eu-west-1:123456789012:function:x']],
    ['cluster-monitor', 'TABLE_NAME', ['']],
  ] as const)('%s refuses a wrong %s', (name, variable, values) => {
    for (const value of values) {
      const issues = schemas[name].safeParse({ ...environmentOf(name), [variable]: value }).error?.issues ?? [];
      expect([value, issues.map(({ path }) => path.join('.'))]).toEqual([value, [variable]]);
    }
  });

  it.each(names)('%s asks for all of its variables', (name) => {
    const issues = schemas[name].safeParse({}).error?.issues ?? [];
    expect(issues.map(({ path }) => path.join('.')).toSorted()).toEqual(Object.keys(schemas[name].shape).toSorted());
  });
});
