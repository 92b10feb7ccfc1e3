import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acknowledge } from './permissions.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** One table for everything: layers/adapters/dynamodb-table.ts says what its items look like. */
const createTable = (scope: Construct): Table => {
  const table = new Table(scope, 'Table', {
    partitionKey: text('pk'),
    sortKey: text('sk'),
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: 'expiresAt',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy: RemovalPolicy.RETAIN,
    deletionProtection: true,
  });
  table.addGlobalSecondaryIndex({
    indexName: 'by-owner',
    partitionKey: text('ownerKey'),
    sortKey: text('createdAt'),
    projectionType: ProjectionType.ALL,
  });
  table.addGlobalSecondaryIndex({
    indexName: 'by-cluster',
    partitionKey: text('clusterKey'),
    sortKey: text('createdAt'),
    projectionType: ProjectionType.ALL,
  });
  // Sparse: only a monitored cluster and a secret have these two attributes. Keys only: no secret gets into it.
  table.addGlobalSecondaryIndex({
    indexName: 'monitored',
    partitionKey: text('monitorShard'),
    sortKey: text('monitorAt'),
    projectionType: ProjectionType.KEYS_ONLY,
  });
  return table;
};

const privateBucket = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  removalPolicy: RemovalPolicy.RETAIN,
} satisfies BucketProps;

/**
 * Generated ignitions, and the manifests of clusters. An ignition holds a pull secret in clear, a manifest may hold any
 * secret, hence a key of their own, and no versions: what is deleted has to be gone.
 */
const createArtifacts = (scope: Construct): { artifacts: Bucket; artifactsKey: Key } => {
  const artifactsKey = new Key(scope, 'ArtifactsKey', {
    description: 'Artifacts of ove-ignition in S3',
    enableKeyRotation: true,
  });
  const artifacts = new Bucket(scope, 'Artifacts', {
    ...privateBucket,
    encryption: BucketEncryption.KMS,
    encryptionKey: artifactsKey,
    bucketKeyEnabled: true,
    lifecycleRules: [
      { id: 'ignitions', prefix: 'infra-envs/', expiration: Duration.days(7) },
      { id: 'isos', prefix: 'isos/', expiration: Duration.days(2) },
      // They go with their cluster; this is for those of clusters that nobody deleted.
      { id: 'manifests', prefix: 'clusters/', expiration: Duration.days(60) },
      { id: 'aborted-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
  });
  acknowledge(artifacts, {
    rule: 'S1',
    reason: 'Every read goes through the API or a link that it has made; its calls are in its access log',
  });
  return { artifacts, artifactsKey };
};

/**
 * Installer binaries and base ISOs. S3's own encryption is enough for what Red Hat publishes to anyone; no versions,
 * because a binary is used only if it has the checksum, and an ISO if it has the ETag, that its release names.
 */
const createReleases = (scope: Construct): Bucket => {
  const releases = new Bucket(scope, 'Releases', {
    ...privateBucket,
    encryption: BucketEncryption.S3_MANAGED,
    lifecycleRules: [{ id: 'aborted-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) }],
  });
  acknowledge(releases, { rule: 'S1', reason: 'Holds only what Red Hat publishes, read by the service alone' });
  return releases;
};

/**
 * The pull secrets' key is apart from the artifacts' one, so that a right to the one is none to the other. KMS rotates no
 * HMAC keys; an infra-env's tokens are ended one by one.
 */
export const createStorage = (scope: Construct) => ({
  table: createTable(scope),
  ...createArtifacts(scope),
  releases: createReleases(scope),
  pullSecretKey: new Key(scope, 'PullSecretKey', {
    description: 'Pull secrets of ove-ignition',
    enableKeyRotation: true,
  }),
  imageTokenKey: new Key(scope, 'ImageTokenKey', {
    description: 'Image tokens of ove-ignition',
    keySpec: KeySpec.HMAC_256,
    keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
  }),
});

export type Storage = ReturnType<typeof createStorage>;

/** Pattern of all keys of generated artifacts; layers/domain/artifact.ts makes the keys. */
export const artifactKeys = 'infra-envs/*';

/** Pattern of all keys of clusters' manifests; layers/domain/cluster/manifest.ts makes the keys. */
export const manifestKeys = 'clusters/*';

/** Pattern of all keys of composed ISOs; layers/domain/iso/composition.ts makes the keys. */
export const isoKeys = 'isos/*';

/** Pattern of all keys of base ISOs in the releases bucket; the operator's command makes the keys. */
export const baseIsoKeys = 'isos/*';
