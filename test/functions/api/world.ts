import { randomUUID } from 'node:crypto';
import { clusterStore } from '#adapters/cluster-store.ts';
import { eventStore } from '#adapters/event-store.ts';
import { imageTokens } from '#adapters/image-tokens.ts';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { mediaAttemptStore } from '#adapters/iso-records.ts';
import { recordQuota } from '#adapters/record-quota.ts';
import { releaseStore } from '#adapters/release-store.ts';
import { uiSettingsStore } from '#adapters/ui-settings-store.ts';
import { routes } from '#contract/route-table.ts';
import type { Dependencies } from '#functions/api/api-dependencies.ts';
import { apiOperations } from '#functions/api/api-operations.ts';
import { imageLinks } from '#functions/api/image-link.ts';
import { type Admit, admitByGateway } from '#runtime/admission.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { storedTable } from '#test/adapters/stored-table.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { memoryManifests } from '#test/fakes/manifests.ts';
import { aRelease } from '#test/fakes/records.ts';
import { httpEvent, lambdaContext } from '#test/runtime/events.ts';

export const canary = 'canary-password-4711';
const auth = Buffer.from(`user:${canary}`).toString('base64');
export const pullSecret = JSON.stringify({ auths: { 'quay.io': { auth } } });

export const aPassword = 'AbCdE-fGhIj-KlMnO-pQrSt';
const aKubeconfig = 'clusters:\n- cluster:\n    server: https://api.former.example.org:6443\n  name: former\n';

/** What the use-cases did to the outside, in order: `store`, `remove` and so on, with the id that matters. */
type Deed = readonly [string, string];

/** The api function on a real table; what lies beyond it (secrets, artifacts, workflows) notes what it is asked. */
export const world = async () => {
  const { time, ...table } = await storedTable();
  const deeds: Deed[] = [];
  const note =
    (deed: string) =>
    async (subject: { pullSecretId: string } | { infraEnvId: string } | string): Promise<void> => {
      const id = typeof subject === 'string' ? subject : Object.values(subject)[0];
      deeds.push([deed, String(id)]);
    };
  const logger = memoryLogger();
  const releases = releaseStore(table);
  for (const version of ['4.20.1', '4.20.3', '4.21.0']) await releases.add(aRelease(version));

  const infraEnvs = infraEnvStore(table);
  const manifests = memoryManifests();
  const rootKey = async () => Buffer.from('the root key of image tokens');
  const tokens = imageTokens({ rootKey, infraEnvs, clock: () => time.now });

  const dependencies: Dependencies = {
    clusters: clusterStore(table),
    infraEnvs,
    events: eventStore(table),
    uiSettings: uiSettingsStore(table),
    manifests,
    releases,
    quota: recordQuota({ ...table, limits: { cluster: 0, 'infra-env': 0 } }),
    pullSecrets: {
      store: async ({ pullSecretId }) => note('store secret')(pullSecretId),
      extend: async ({ pullSecretId }) => note('extend secret')(pullSecretId),
      remove: async ({ pullSecretId }) => note('remove secret')(pullSecretId),
      removeAll: async ({ pullSecretId }) => note('remove secret')(pullSecretId),
    },
    artifacts: { removeAll: note('remove artifacts') },
    workflows: {
      markAsDisconnected: note('mark'),
      prepareMedia: note('prepare media'),
      mediaRun: async () => undefined,
    },
    mediaAttempts: mediaAttemptStore(table),
    judgeSettings: async ({ networks, override }) => {
      deeds.push(['judge', `${networks.length}${override === undefined ? '' : ' and override'}`]);
      return { networks: [] };
    },
    readAdminFiles: async (infraEnvId) => {
      await note('read admin files')(infraEnvId);
      return { kubeconfig: aKubeconfig, 'kubeadmin-password': aPassword };
    },
    linkToImage: imageLinks({ open: false, imageTokens: tokens, isoSize: async () => undefined }),
    statusNaming: 'own',
    page: { settings: { authentication: 'none' }, signInOrigins: [] },
    serviceVersion: '1.2.3',
    // Each look at the clock is later than the one before, so that events have an order.
    clock: () => {
      time.now = new Date(time.now.getTime() + 1);
      return time.now;
    },
    newId: randomUUID,
    logger,
  };

  /** The handler, with some of its dependencies replaced. */
  const serve = (replaced: Partial<Dependencies> = {}, admit: Admit = admitByGateway, remainingMs = () => 10_000) => {
    const handler = httpHandler({ routes, operations: apiOperations({ ...dependencies, ...replaced }), admit, logger });
    return async (method: string, path: string, fields?: object | string, userName?: string) => {
      const [bare = path, query] = path.split('?');
      const event = httpEvent({
        method,
        path: bare,
        userName,
        ...(query === undefined ? {} : { query: Object.fromEntries(new URLSearchParams(query)) }),
        ...(fields === undefined ? {} : { body: JSON.stringify(fields) }),
      });
      const {
        statusCode,
        headers = {},
        body,
        isBase64Encoded,
      } = await handler(event, { ...lambdaContext(), getRemainingTimeInMillis: remainingMs });
      const text = isBase64Encoded && body !== undefined ? Buffer.from(body, 'base64').toString() : body;
      const isJson = headers['content-type'] === 'application/json';
      return { status: statusCode, headers, body: isJson && text !== undefined ? JSON.parse(text) : text };
    };
  };

  return { table, time, deeds, manifests, logger, tokens, dependencies, serve };
};

export type World = Awaited<ReturnType<typeof world>>;
export type Call = ReturnType<World['serve']>;

export const newCluster = { name: 'edge', openshift_version: '4.20', pull_secret: pullSecret };

export const newInfraEnv = (clusterId: string | undefined, fields: object = {}) => ({
  name: 'edge',
  pull_secret: pullSecret,
  ...(clusterId === undefined ? {} : { cluster_id: clusterId, image_type: 'disconnected-iso' }),
  ...fields,
});

export const registerCluster = async (call: Call, userName?: string): Promise<string> =>
  (await call('POST', '/v2/clusters', newCluster, userName)).body.id;

/** The names of an object's events, as a caller sees them. */
export const eventNames = async (call: Call, query: string): Promise<string[]> =>
  (await call('GET', `/v2/events?${query}`)).body.map(({ name }: { name: string }) => name);
