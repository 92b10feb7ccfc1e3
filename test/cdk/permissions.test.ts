import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Grant, grantsOf } from './policies.ts';
import { resourcesOf, synthesize } from './template.ts';

let template: Template;
let grants: Grant[];

beforeAll(() => {
  template = synthesize();
  grants = grantsOf(template);
});

const rightsOf = (role: string): string[] =>
  grants
    .filter((grant) => grant.role === role && !/^(logs|xray):/.test(grant.action))
    .map(({ action, resource }) => `${action} ${resource}`)
    .toSorted();

const rolesWith = (action: string, resource: string): string[] =>
  grants.filter((grant) => grant.action === action && grant.resource === resource).map(({ role }) => role);

/** Every execution of prepare-media: its name is made of an infra-env and a revision. */
const mediaExecutions = 'arn:AWS::Partition:states:AWS::Region:AWS::AccountId:execution:PrepareMedia.Name:*';

describe('the rights of each role, in full', () => {
  it.each([
    [
      'ApiFunctionRole',
      [
        'dynamodb:DeleteItem Table.Arn',
        'dynamodb:GetItem Table.Arn',
        'dynamodb:PutItem Table.Arn',
        'dynamodb:Query Table.Arn',
        'dynamodb:Query Table.Arn/index/by-cluster',
        'dynamodb:Query Table.Arn/index/by-owner',
        'dynamodb:UpdateItem Table.Arn',
        'kms:Decrypt ArtifactsKey.Arn',
        'kms:GenerateDataKey ArtifactsKey.Arn',
        'kms:GenerateDataKey PullSecretKey.Arn',
        'kms:GenerateMac ImageTokenKey.Arn',
        'lambda:InvokeFunction IgnitionFunction.Arn',
        's3:DeleteObject Artifacts.Arn/clusters/*',
        's3:DeleteObject Artifacts.Arn/infra-envs/*',
        's3:DeleteObject Artifacts.Arn/isos/*',
        's3:GetObject Artifacts.Arn/clusters/*',
        's3:ListBucket Artifacts.Arn',
        's3:PutObject Artifacts.Arn/clusters/*',
        `states:DescribeExecution ${mediaExecutions}`,
        'states:StartExecution PrepareMedia',
        'states:StartSyncExecution DisconnectedTransition',
      ],
    ],
    [
      'DownloadsFunctionRole',
      [
        'dynamodb:GetItem Table.Arn',
        'dynamodb:PutItem Table.Arn',
        'kms:Decrypt ArtifactsKey.Arn',
        'kms:GenerateMac ImageTokenKey.Arn',
        'lambda:InvokeFunction IgnitionFunction.Arn',
        's3:GetObject Artifacts.Arn/infra-envs/*',
        's3:GetObject Artifacts.Arn/isos/*',
        's3:ListBucket Artifacts.Arn',
        's3:ListMultipartUploadParts Artifacts.Arn/isos/*',
        'states:DescribeExecution arn:AWS::Partition:states:AWS::Region:AWS::AccountId:execution:PrepareMedia.Name:*',
        'states:StartExecution PrepareMedia',
      ],
    ],
    [
      'IgnitionFunctionRole',
      [
        'dynamodb:DeleteItem Table.Arn',
        'dynamodb:GetItem Table.Arn',
        'dynamodb:PutItem Table.Arn',
        'dynamodb:UpdateItem Table.Arn',
        'kms:Decrypt ArtifactsKey.Arn',
        'kms:Decrypt PullSecretKey.Arn',
        'kms:GenerateDataKey ArtifactsKey.Arn',
        'kms:GenerateDataKey PullSecretKey.Arn',
        's3:DeleteObject Artifacts.Arn/infra-envs/*',
        's3:GetObject Artifacts.Arn/clusters/*',
        's3:GetObject Artifacts.Arn/infra-envs/*',
        's3:GetObject Releases.Arn/*',
        's3:ListBucket Artifacts.Arn',
        's3:ListBucket Releases.Arn',
        's3:PutObject Artifacts.Arn/infra-envs/*',
      ],
    ],
    [
      'IsoFunctionRole',
      [
        'dynamodb:GetItem Table.Arn',
        'dynamodb:PutItem Table.Arn',
        'dynamodb:UpdateItem Table.Arn',
        'kms:Decrypt ArtifactsKey.Arn',
        'kms:GenerateDataKey ArtifactsKey.Arn',
        's3:DeleteObject Artifacts.Arn/isos/*',
        's3:GetObject Artifacts.Arn/infra-envs/*',
        's3:GetObject Artifacts.Arn/isos/*',
        's3:GetObject Releases.Arn/isos/*',
        's3:ListBucket Artifacts.Arn',
        's3:ListBucket Releases.Arn',
        's3:ListMultipartUploadParts Artifacts.Arn/isos/*',
        's3:PutObject Artifacts.Arn/isos/*',
      ],
    ],
    [
      'ClusterMonitorFunctionRole',
      [
        'dynamodb:DeleteItem Table.Arn',
        'dynamodb:GetItem Table.Arn',
        'dynamodb:Query Table.Arn/index/monitored',
        'dynamodb:UpdateItem Table.Arn',
        'states:ListExecutions PrepareMedia',
      ],
    ],
    ['MonitorScheduleRole', ['lambda:InvokeFunction ClusterMonitorFunction.Arn']],
  ])('%s', (role, rights) => {
    expect(rightsOf(role)).toEqual(rights);
  });

  it.each([
    [
      'PrepareMediaRole',
      [
        'dynamodb:GetItem Table.Arn',
        'dynamodb:PutItem Table.Arn',
        'kms:Decrypt ArtifactsKey.Arn',
        'kms:GenerateDataKey ArtifactsKey.Arn',
        'lambda:InvokeFunction IgnitionFunction.Arn',
        'lambda:InvokeFunction IsoFunction.Arn',
        's3:AbortMultipartUpload Artifacts.Arn/isos/*',
        's3:GetObject Releases.Arn/isos/*',
        's3:ListBucket Releases.Arn',
        's3:PutObject Artifacts.Arn/isos/*',
      ],
    ],
    [
      'DisconnectedTransitionRole',
      [
        'dynamodb:GetItem Table.Arn',
        'dynamodb:PutItem Table.Arn',
        'dynamodb:UpdateItem Table.Arn',
        'states:StartExecution PrepareMedia',
      ],
    ],
  ])('%s, beside its tracing', (role, rights) => {
    expect(rightsOf(role)).toEqual(rights);
  });

  it('no other role has a policy', () => {
    expect(new Set(grants.map(({ role }) => role)).size).toBe(8);
    for (const [id, { Properties: role }] of resourcesOf(template, 'AWS::IAM::Role')) {
      expect([id, role.Policies, role.ManagedPolicyArns]).toEqual([id, undefined, undefined]);
    }
  });
});

describe('pull secrets', () => {
  it('only the ignition function may decrypt them', () => {
    expect(rolesWith('kms:Decrypt', 'PullSecretKey.Arn')).toEqual(['IgnitionFunctionRole']);
  });

  it('only the functions that keep secrets may encrypt: the api function, and the ignition function what a run invents', () => {
    expect(rolesWith('kms:GenerateDataKey', 'PullSecretKey.Arn').toSorted()).toEqual([
      'ApiFunctionRole',
      'IgnitionFunctionRole',
    ]);
  });

  it('no key trusts anybody but the policies of its own account', () => {
    const principals = resourcesOf(template, 'AWS::KMS::Key').flatMap(([, { Properties }]) =>
      Properties.KeyPolicy.Statement.map((statement: { Principal: unknown }) => JSON.stringify(statement.Principal)),
    );
    expect(principals).toHaveLength(3);
    for (const principal of principals) expect(principal).toContain(':root');
  });
});

it('no right to list depends on a prefix: a missing key would be a 403', () => {
  const listing = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.filter(({ Action }: { Action: unknown }) => Action === 's3:ListBucket'),
  );
  expect(listing.length).toBeGreaterThan(2);
  for (const statement of listing) expect(statement).not.toHaveProperty('Condition');
});

it('only the api function touches manifests; the ignition function reads them, for the sites that they go to', () => {
  const touching = grants.filter(({ resource }) => resource.endsWith('/clusters/*'));
  const [reading, writing] = [true, false].map((reads) =>
    touching.filter(({ action }) => (action === 's3:GetObject') === reads).map(({ role }) => role),
  );
  expect(new Set(reading)).toEqual(new Set(['ApiFunctionRole', 'IgnitionFunctionRole']));
  expect(new Set(writing)).toEqual(new Set(['ApiFunctionRole']));
});

describe('wildcards', () => {
  it('no action has one', () => {
    expect(grants.filter(({ action }) => action.includes('*'))).toEqual([]);
  });

  it('a resource has one in object keys and names of executions, or where the action knows no resource', () => {
    const withWildcard = grants.filter(({ resource }) => resource.includes('*'));
    const unexplained = withWildcard.filter(
      ({ action, resource }) =>
        !(resource === '*' && /^(xray:|logs:)/.test(action)) &&
        ![
          mediaExecutions,
          'Artifacts.Arn/clusters/*',
          'Artifacts.Arn/infra-envs/*',
          'Artifacts.Arn/isos/*',
          'Releases.Arn/*',
          'Releases.Arn/isos/*',
        ].includes(resource),
    );
    expect(unexplained).toEqual([]);
  });

  it('a function writes its own log and no other', () => {
    const writers = grants.filter(({ action }) => action === 'logs:PutLogEvents');
    expect(writers.map(({ role, resource }) => [role, resource])).toEqual(
      ['Ignition', 'Iso', 'Api', 'Downloads', 'ClusterMonitor'].map((name) => [
        `${name}FunctionRole`,
        `${name}FunctionLog.Arn`,
      ]),
    );
  });
});

it("the scheduler's role serves this account's schedules only", () => {
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ],
    },
  });
});
