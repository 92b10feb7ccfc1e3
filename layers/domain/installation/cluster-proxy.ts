import type { ClusterSettings } from '../cluster/cluster-settings.ts';
import { type ProxyMembers, readableProxy } from '../values/proxy.ts';

/** A proxy in the words of install-config.yaml and of the manifests, in the form that every reader takes. */
export const proxyMembers = (proxy: ProxyMembers) => {
  const { http_proxy, https_proxy, no_proxy } = readableProxy(proxy);
  return {
    ...(http_proxy === undefined ? {} : { httpProxy: http_proxy }),
    ...(https_proxy === undefined ? {} : { httpsProxy: https_proxy }),
    ...(no_proxy === undefined ? {} : { noProxy: no_proxy }),
  };
};

/** A cluster's proxy as a member of these; nothing without one. */
export const clusterProxy = (settings: ClusterSettings) =>
  settings.http_proxy || settings.https_proxy ? { proxy: proxyMembers(settings) } : {};
