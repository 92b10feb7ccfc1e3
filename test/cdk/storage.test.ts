import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { manifestDays, manifestPrefix } from '#domain/cluster/manifest.ts';
import { artifactDays, artifactPrefix, ignitionKey } from '#domain/infra-env/artifact.ts';
import { table as tableOfTests } from '#test/local/table.ts';
import { flat, only, type Resource, resourcesOf, synthesize } from './template.ts';

let template: Template;
let table: Resource;

beforeAll(() => {
  template = synthesize();
  [, table] = only(template, 'AWS::DynamoDB::Table');
});

it('what holds data keeps its place in the stack: under another logical id a deployment would make an empty one', () => {
  const kept = Object.entries<Resource>(template.toJSON().Resources).filter(
    ([, { DeletionPolicy }]) => DeletionPolicy === 'Retain',
  );
  expect(kept.map(([id]) => id).toSorted()).toEqual([
    'Artifacts82DD59A1',
    'ArtifactsKeyA65E83CB',
    'ImageTokenKey3F52777C',
    'PullSecretKey09E9FD7A',
    'ReleasesE6BA3EBF',
    'TableCD117FA1',
  ]);
});

describe('the table', () => {
  it('is paid by request and kept, with deletion protection, when the stack goes', () => {
    expect(table.Properties.BillingMode).toBe('PAY_PER_REQUEST');
    expect(table.Properties.DeletionProtectionEnabled).toBe(true);
    expect(table.DeletionPolicy).toBe('Retain');
  });

  it('can be restored to any point in time', () => {
    expect(table.Properties.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
  });

  it('lets items expire by expiresAt', () => {
    expect(table.Properties.TimeToLiveSpecification).toEqual({ AttributeName: 'expiresAt', Enabled: true });
  });

  it('is the one that the tests of stored data use', () => {
    const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, TimeToLiveSpecification } = table.Properties;
    const byName = (a: { AttributeName: string }, b: { AttributeName: string }) =>
      a.AttributeName.localeCompare(b.AttributeName);
    expect({
      AttributeDefinitions: AttributeDefinitions.toSorted(byName),
      KeySchema,
      GlobalSecondaryIndexes,
      TimeToLiveSpecification,
    }).toEqual({
      ...tableOfTests.properties,
      AttributeDefinitions: [...(tableOfTests.properties.AttributeDefinitions as { AttributeName: string }[])].sort(
        byName,
      ),
    });
  });

  it('is keyed by pk and sk', () => {
    expect(table.Properties.KeySchema).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ]);
  });

  it.each([
    ['by-owner', 'ownerKey', 'createdAt', 'ALL'],
    ['by-cluster', 'clusterKey', 'createdAt', 'ALL'],
    ['monitored', 'monitorShard', 'monitorAt', 'KEYS_ONLY'],
  ])('has the index %s', (name, partition, sort, projection) => {
    expect(table.Properties.GlobalSecondaryIndexes).toContainEqual({
      IndexName: name,
      KeySchema: [
        { AttributeName: partition, KeyType: 'HASH' },
        { AttributeName: sort, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: projection },
    });
  });

  it('leaves unmonitored clusters out of the index monitored: its keys are in no other key', () => {
    const keys = [table.Properties, ...table.Properties.GlobalSecondaryIndexes].map((index) =>
      index.KeySchema.map((key: { AttributeName: string }) => key.AttributeName),
    );
    expect(keys.filter((names) => names.includes('monitorShard') || names.includes('monitorAt'))).toHaveLength(1);
  });
});

describe('the buckets', () => {
  it.each(['Artifacts', 'Releases'])('%s is private and kept, without versions and access lists', (id) => {
    const [, bucket] = only(template, 'AWS::S3::Bucket', id);
    expect(Object.values(bucket.Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    expect(bucket.Properties.OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    expect(bucket.Properties.VersioningConfiguration).toBeUndefined();
    expect(bucket.DeletionPolicy).toBe('Retain');
  });

  it.each(['Artifacts', 'Releases'])('%s refuses what does not come by TLS 1.2', (id) => {
    const [, policy] = only(template, 'AWS::S3::BucketPolicy', `${id}Policy`);
    const denied = policy.Properties.PolicyDocument.Statement.filter(
      ({ Effect }: { Effect: string }) => Effect === 'Deny',
    );
    expect(denied.map(({ Condition }: { Condition: unknown }) => Condition)).toEqual([
      { Bool: { 'aws:SecureTransport': 'false' } },
      { NumericLessThan: { 's3:TlsVersion': 1.2 } },
    ]);
  });

  it('artifacts are encrypted with a key of their own', () => {
    const [, bucket] = only(template, 'AWS::S3::Bucket', 'Artifacts');
    const [rule] = bucket.Properties.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(rule.BucketKeyEnabled).toBe(true);
    expect(rule.ServerSideEncryptionByDefault.SSEAlgorithm).toBe('aws:kms');
    expect(flat(rule.ServerSideEncryptionByDefault.KMSMasterKeyID)).toMatch(/^ArtifactsKey/);
  });

  it('releases are encrypted by S3', () => {
    const [, bucket] = only(template, 'AWS::S3::Bucket', 'Releases');
    expect(JSON.stringify(bucket.Properties.BucketEncryption)).toContain('AES256');
  });

  it('ignitions go after 7 days, ISOs after 2, manifests after 60, aborted uploads after one', () => {
    const [, bucket] = only(template, 'AWS::S3::Bucket', 'Artifacts');
    expect(bucket.Properties.LifecycleConfiguration.Rules).toEqual([
      { Id: 'ignitions', Status: 'Enabled', Prefix: 'infra-envs/', ExpirationInDays: artifactDays },
      { Id: 'isos', Status: 'Enabled', Prefix: 'isos/', ExpirationInDays: 2 },
      { Id: 'manifests', Status: 'Enabled', Prefix: 'clusters/', ExpirationInDays: manifestDays },
      { Id: 'aborted-uploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
    ]);
  });

  it('the prefixes of rules and rights are the ones that artifacts and manifests are written under', () => {
    expect(artifactPrefix('f1e2')).toMatch(/^infra-envs\//);
    expect(ignitionKey({ id: 'f1e2', revision: 3 })).toMatch(/^infra-envs\//);
    expect(manifestPrefix('f1e2')).toMatch(/^clusters\//);
  });
});

describe('the keys', () => {
  const keys = () =>
    resourcesOf(template, 'AWS::KMS::Key').map(([id, key]) => [id.replace(/[0-9A-F]{8}$/, ''), key] as const);

  it('are kept when the stack goes', () => {
    expect(keys().map(([name, { DeletionPolicy }]) => [name, DeletionPolicy])).toEqual([
      ['ArtifactsKey', 'Retain'],
      ['PullSecretKey', 'Retain'],
      ['ImageTokenKey', 'Retain'],
    ]);
  });

  it.each(['ArtifactsKey', 'PullSecretKey'])('%s is rotated', (name) => {
    expect(new Map(keys()).get(name)?.Properties.EnableKeyRotation).toBe(true);
  });

  it('that of image tokens makes nothing but message authentication codes', () => {
    expect(new Map(keys()).get('ImageTokenKey')?.Properties).toMatchObject({
      KeySpec: 'HMAC_256',
      KeyUsage: 'GENERATE_VERIFY_MAC',
    });
  });
});
