import type { ClusterSettings } from '../cluster/cluster-settings.ts';

/** A cluster's proxy in the words of install-config.yaml and of the manifests, as a member; nothing without one. */
export const clusterProxy = ({ http_proxy, https_proxy, no_proxy }: ClusterSettings) =>
  http_proxy || https_proxy
    ? {
        proxy: {
          ...(http_proxy ? { httpProxy: http_proxy } : {}),
          ...(https_proxy ? { httpsProxy: https_proxy } : {}),
          ...(no_proxy ? { noProxy: no_proxy } : {}),
        },
      }
    : {};
