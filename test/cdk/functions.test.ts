import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { environment as api } from '#functions/api/api-env.ts';
import { environment as clusterMonitor } from '#functions/cluster-monitor/cluster-monitor-env.ts';
import { environment as downloads } from '#functions/downloads/downloads-env.ts';
import { environment as ignition } from '#functions/ignition/ignition-env.ts';
import { environment as iso } from '#functions/iso/iso-env.ts';
import { definitionText } from '#statemachines/definition.ts';
import { flat, jwtContext, type Resource, resourcesOf, synthesize } from './template.ts';

const schemas = { api, downloads, ignition, iso, 'cluster-monitor': clusterMonitor };
const names = Object.keys(schemas) as (keyof typeof schemas)[];
const zipNames = names.filter((name) => name !== 'ignition');

/** Of those that may call: nothing is left to the defaults. */
const choices = {
  ...jwtContext,
  publicUrl: 'https://ove.example',
  pageClientId: 'page',
  pageSignInOrigins: 'https://login.example',
  allowedDomains: 'https://ui.example, *',
  statusNames: 'published',
};

let template: Template;
let chosen: Template;

beforeAll(() => {
  template = synthesize();
  chosen = synthesize(choices);
});

const functionNamed = (name: string, of = template): Resource => {
  const [found] = resourcesOf(of, 'AWS::Lambda::Function').filter(
    ([, { Metadata }]) => Metadata?.['ove-ignition:function'] === name,
  );
  if (found === undefined) throw new Error(`no function ${name}`);
  return found[1];
};

/** What a deployed resource's reference would be. */
const deployed = (reference: unknown): string => {
  const name = flat(reference);
  if (typeof reference === 'string') return reference;
  if (/^(PullSecret|ImageToken)Key/.test(name))
    return 'arn:aws:kms:eu-west-1:123456789012:key/0b5c8e52-5d6c-4a0e-9c2f-6f3a3c1d2e4f';
  if (/^(PrepareMedia|DisconnectedTransition)/.test(name)) {
    return `arn:aws:states:eu-west-1:123456789012:stateMachine:${name}`;
  }
  return name;
};

const environmentOf = (name: string, of = template): Record<string, string> => {
  const variables = Object.entries(functionNamed(name, of).Properties.Environment.Variables);
  return Object.fromEntries(variables.map(([key, value]) => [key, deployed(value)]));
};

describe('every function', () => {
  it('is marked with its folder', () => {
    const marks = resourcesOf(template, 'AWS::Lambda::Function').map(([, r]) => r.Metadata?.['ove-ignition:function']);
    expect(marks.toSorted()).toEqual(names.toSorted());
  });

  it.each(names)('is traced: %s', (name) => {
    expect(functionNamed(name).Properties.TracingConfig).toEqual({ Mode: 'Active' });
  });

  it.each(names)('%s gets the environment that it asks for', (name) => {
    for (const of of [template, chosen]) {
      expect(schemas[name].safeParse(environmentOf(name, of)).error).toBeUndefined();
    }
  });

  it.each(names)('%s gets nothing that it does not ask for, beside what the runtime reads', (name) => {
    const asked = [...Object.keys(schemas[name].shape), 'POWERTOOLS_SERVICE_NAME'];
    for (const of of [template, chosen]) {
      expect(asked).toEqual(expect.arrayContaining(Object.keys(environmentOf(name, of))));
    }
  });

  it.each(['api', 'downloads'])('%s is told who may call', (name) => {
    expect(environmentOf(name, chosen)).toMatchObject({
      AUTHENTICATION: 'jwt',
      JWT_ISSUER: 'https://issuer.example/realm',
      JWT_AUDIENCE: 'ove,cli',
      ALLOWED_DOMAINS: 'https://ui.example,*',
    });
    expect(environmentOf('api', chosen).PUBLIC_URL).toBe('https://ove.example');
  });

  it('api is told where people sign in to the page', () => {
    expect(environmentOf('api', chosen)).toMatchObject({
      PAGE_CLIENT_ID: 'page',
      PAGE_SIGN_IN_ORIGINS: 'https://login.example',
    });
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
  expect(groups).toHaveLength(8);
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
    const { GenerateIgnition } = JSON.parse(definitionText('prepare-media')).States;
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
    ['api', 'AUTHENTICATION', ['', 'open', 'JWT']],
    ['api', 'IMAGE_TOKEN_KEY_ARN', ['alias/image-tokens', '']],
    ['api', 'PUBLIC_URL', ['ove.example', 'https://ove.example/', '']],
    ['api', 'PAGE_CLIENT_ID', ['']],
    ['api', 'PAGE_SIGN_IN_ORIGINS', ['login.example', 'https://login.example/', '']],
    ['downloads', 'ALLOWED_DOMAINS', ['ui.example', 'https://ui.example/', 'https://ui.example,', '']],
    ['cluster-monitor', 'TABLE_NAME', ['']],
  ] as const)('%s refuses a wrong %s', (name, variable, values) => {
    for (const value of values) {
      const issues = schemas[name].safeParse({ ...environmentOf(name), [variable]: value }).error?.issues ?? [];
      expect([value, issues.map(({ path }) => path[0])]).toEqual([value, [variable]]);
    }
  });

  it.each(names)('%s asks for all of its variables but those that a deployment may leave out', (name) => {
    const always = Object.keys(schemas[name].shape).filter((variable) => variable in environmentOf(name));
    const issues = schemas[name].safeParse({}).error?.issues ?? [];
    expect(issues.map(({ path }) => path.join('.')).toSorted()).toEqual(always.toSorted());
  });
});
