import type { Shape } from './shape.ts';

const texts: Shape = { map: 'string' };
const typeMeta = { apiVersion: 'string', kind: 'string' } as const;

const objectMeta: Shape = {
  struct: 'ObjectMeta',
  fields: {
    name: 'string',
    generateName: 'string',
    namespace: 'string',
    selfLink: 'string',
    uid: 'string',
    resourceVersion: 'string',
    generation: 'number',
    creationTimestamp: 'any',
    deletionTimestamp: 'any',
    deletionGracePeriodSeconds: 'number',
    labels: texts,
    annotations: texts,
    ownerReferences: { list: 'any' },
    finalizers: { list: 'string' },
    managedFields: { list: 'any' },
  },
};

const labelSelector: Shape = {
  struct: 'LabelSelector',
  fields: { matchLabels: texts, matchExpressions: { list: 'any' } },
};

const named: Shape = { struct: 'Reference', fields: { name: 'string', namespace: 'string' } };

/**
 * The InfraEnv spec that every generation knows. Keys that the API gained later (`ntpSources`,
 * `networkDiscoveryDelaySeconds`, `agentApproval`) are refused, as a binary built against the older API does.
 */
const infraEnvSpec: Shape = {
  struct: 'InfraEnvSpec',
  fields: {
    proxy: { struct: 'Proxy', fields: { httpProxy: 'string', httpsProxy: 'string', noProxy: 'string' } },
    additionalNTPSources: { list: 'string' },
    sshAuthorizedKey: 'string',
    pullSecretRef: { struct: 'LocalObjectReference', fields: { name: 'string' } },
    agentLabels: texts,
    nmStateConfigLabelSelector: labelSelector,
    clusterRef: named,
    ignitionConfigOverride: 'string',
    cpuArchitecture: 'string',
    ipxeScriptType: 'string',
    kernelArguments: { list: { struct: 'KernelArgument', fields: { operation: 'string', value: 'string' } } },
    additionalTrustBundle: 'string',
    osImageVersion: 'string',
    mirrorRegistryRef: named,
    imageType: 'string',
  },
};

export const infraEnvShape: Shape = {
  struct: 'InfraEnv',
  fields: { ...typeMeta, metadata: objectMeta, spec: infraEnvSpec, status: 'any' },
};

export const pullSecretShape: Shape = {
  struct: 'Secret',
  fields: { ...typeMeta, metadata: objectMeta, immutable: 'boolean', data: texts, stringData: texts, type: 'string' },
};

export const clusterImageSetShape: Shape = {
  struct: 'ClusterImageSet',
  fields: {
    ...typeMeta,
    metadata: objectMeta,
    spec: { struct: 'ClusterImageSetSpec', fields: { releaseImage: 'string' } },
    status: 'any',
  },
};

export const agentConfigShape: Shape = {
  struct: 'Config',
  fields: {
    ...typeMeta,
    metadata: objectMeta,
    additionalNTPSources: { list: 'string' },
    rendezvousIP: 'string',
    bootArtifactsBaseURL: 'string',
    hosts: { list: 'any' },
    minimalISO: 'boolean',
  },
};
