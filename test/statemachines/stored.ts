import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { clusterStore, monitoredClusterStore } from '#adapters/cluster-store.ts';
import { eventStore } from '#adapters/event-store.ts';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { pullSecretKey } from '#adapters/secret-watch.ts';
import { type Cluster, clusterIdleSeconds } from '#domain/cluster/cluster.ts';
import { initialStatus } from '#domain/cluster/transitions.ts';
import { eventSeconds } from '#domain/event.ts';
import { type InfraEnv, infraEnvIdleSeconds, registrationSeconds } from '#domain/infra-env/infra-env.ts';
import { startDynamoDb } from '#emulators/dynamodb/dynamodb-server.ts';
import { taskHandlers } from '#emulators/step-functions/tasks/task-handlers.ts';
import { createTables } from '#local/template-tables.ts';
import { table } from '#test/local/table.ts';
import { definitionOf, substitutions, type Tasks } from './machines.ts';

const owner = { userName: 'ada', orgId: 'org', emailDomain: 'example.com' };
const access = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

const newCluster = (kind: Cluster['kind'], now: Date): Cluster => ({
  id: randomUUID(),
  kind,
  owner,
  version: 1,
  name: 'c',
  ...initialStatus[kind],
  statusUpdatedAt: now.toISOString(),
  openshiftVersion: '4.20.3',
  releaseImage: 'quay.io/openshift-release-dev/ocp-release:4.20.3-x86_64',
  pullSecretSet: true,
  // The state machine reads no setting.
  settings: {} as Cluster['settings'],
  createdAt: now.toISOString(),
  updatedAt: now.toISOString(),
  expiresAt: seconds(now) + clusterIdleSeconds,
});

const newInfraEnv = (clusterId: string, now: Date): InfraEnv => ({
  id: randomUUID(),
  owner,
  version: 1,
  revision: 1,
  registration: 'registering',
  name: 'i',
  type: 'disconnected-iso',
  clusterId,
  openshiftVersion: '4.20.3',
  cpuArchitecture: 'x86_64',
  pullSecretId: randomUUID(),
  settings: {} as InfraEnv['settings'],
  createdAt: now.toISOString(),
  updatedAt: now.toISOString(),
  expiresAt: seconds(now) + registrationSeconds,
});

/** The project's own adapters on a real table, and what an api function stores before it starts the state machine. */
export const storedWorld = async () => {
  const dynamoDb = await startDynamoDb();
  const plain = new DynamoDBClient({ ...access, endpoint: dynamoDb.endpoint });
  const client = DynamoDBDocumentClient.from(plain, { marshallOptions: { removeUndefinedValues: true } });
  await createTables(plain, [{ ...table, ref: substitutions.TableName }]);
  const clock = () => new Date();
  const stored = { client, tableName: substitutions.TableName, clock };
  const clusters = clusterStore(stored);
  const infraEnvs = infraEnvStore(stored);

  const keySecret = ({ id, pullSecretId }: InfraEnv) => pullSecretKey(id, pullSecretId);

  return {
    clusters,
    infraEnvs,
    events: eventStore(stored),
    monitored: monitoredClusterStore(stored),
    close: () => dynamoDb.close(),

    cluster: async (kind: Cluster['kind'] = 'Cluster', rest: Partial<Cluster> = {}): Promise<Cluster> => {
      const cluster = { ...newCluster(kind, clock()), ...rest };
      await clusters.add(cluster);
      return cluster;
    },

    registration: async (clusterId: string): Promise<InfraEnv> => {
      const infraEnv = newInfraEnv(clusterId, clock());
      await infraEnvs.add(infraEnv);
      const secret = { ...keySecret(infraEnv), ciphertext: new Uint8Array([1]), expiresAt: infraEnv.expiresAt };
      await client.send(new PutCommand({ TableName: stored.tableName, Item: secret }));
      return infraEnv;
    },

    secretExpiry: async (infraEnv: InfraEnv): Promise<unknown> => {
      const found = await client.send(new GetCommand({ TableName: stored.tableName, Key: keySecret(infraEnv) }));
      return found.Item?.expiresAt;
    },

    /** Everything that the table holds of an infra-env, whether visible to callers or not. */
    rawInfraEnv: async ({ id }: InfraEnv) => {
      const key = { pk: `infra-env#${id}`, sk: 'infra-env' };
      return (await client.send(new GetCommand({ TableName: stored.tableName, Key: key, ConsistentRead: true }))).Item;
    },

    /** The tasks of `disconnected-transition`, on this table. */
    tasks: (start: (name: string | undefined) => void): Tasks =>
      taskHandlers(definitionOf('disconnected-transition'), {
        dynamoDb: plain,
        lambda: new LambdaClient(access),
        s3: new S3Client(access),
        startExecution: async ({ name }) => {
          start(name);
          return { executionArn: `arn:${name}`, startDate: clock() };
        },
      }),

    inputFor: (infraEnv: InfraEnv) => ({
      cluster_id: infraEnv.clusterId,
      infra_env_id: infraEnv.id,
      pull_secret_id: infraEnv.pullSecretId,
      revision: String(infraEnv.revision),
      now: clock().toISOString(),
      event_expires_at: String(seconds(clock()) + eventSeconds),
      infra_env_expires_at: String(seconds(clock()) + infraEnvIdleSeconds),
    }),
  };
};
