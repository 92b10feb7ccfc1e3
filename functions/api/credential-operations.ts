import type { Cluster } from '#domain/cluster/cluster.ts';
import { failure } from '#domain/errors.ts';
import { installationOf } from '#domain/infra-env/site-beginning.ts';
import { type AdminFiles, kubeconfigFor } from '#domain/installation/site-credentials.ts';
import type { OperationRequest, Operations } from '#runtime/operation.ts';
import { ownRecords } from '#runtime/own-records.ts';
import { afterCommit } from './after-commit.ts';
import type { Dependencies } from './api-dependencies.ts';

type CredentialOperations = Operations<'GetClusterCredentials' | 'DownloadClusterCredentials'>;
type Request = OperationRequest<'GetClusterCredentials' | 'DownloadClusterCredentials'>;

/** Milliseconds that are left for the event and the answer. */
const reserveMs = 5_000;

const uncached = { 'cache-control': 'no-store' };

const domainOf = ({ name, settings }: Cluster) => ({ name, baseDomain: settings.base_dns_domain ?? '' });

const consoleOf = (cluster: Cluster): string => {
  const { name, baseDomain } = domainOf(cluster);
  return `https://console-openshift-console.apps.${name}.${baseDomain}`;
};

export const credentialOperations = (dependencies: Dependencies): CredentialOperations => {
  const { infraEnvs, readAdminFiles } = dependencies;
  const { ownCluster } = ownRecords(dependencies);
  const { record } = afterCommit(dependencies);

  /** Of the cluster's last infra-env whose installation starts by itself. Every reading is in the events of both. */
  const read = async ({ caller, requestId, parameters, remainingMs }: Request, what: string) => {
    const cluster = await ownCluster('read', parameters.cluster_id, caller);
    const unattended = (await infraEnvs.ofCluster(cluster.id))
      .filter((infraEnv) => installationOf(infraEnv) === 'unattended')
      .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    const [infraEnv] = unattended;
    if (infraEnv === undefined) throw failure('CredentialsMissing', { id: cluster.id });
    const files: AdminFiles | undefined = await readAdminFiles(infraEnv.id, remainingMs() - reserveMs);
    if (files === undefined) throw failure('CredentialsMissing', { id: cluster.id });
    const subject = { clusterId: cluster.id, infraEnvId: infraEnv.id, requestId };
    await record('cluster_credentials_read', { ...subject, properties: { file: what } });
    return { cluster, files };
  };

  return {
    GetClusterCredentials: async (request) => {
      const { cluster, files } = await read(request, 'kubeadmin-password');
      const password = files['kubeadmin-password'].trim();
      return { body: { username: 'kubeadmin', password, console_url: consoleOf(cluster) }, headers: uncached };
    },

    DownloadClusterCredentials: async (request) => {
      const { file_name: name } = request.query;
      const { cluster, files } = await read(request, name);
      const text = name === 'kubeconfig' ? kubeconfigFor(files.kubeconfig, domainOf(cluster)) : files[name];
      return {
        content: Buffer.from(text, 'utf8'),
        headers: { 'content-disposition': `attachment; filename="${name}"`, ...uncached },
      };
    },
  };
};
