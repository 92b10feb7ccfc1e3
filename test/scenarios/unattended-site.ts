import { expect } from 'vitest';
import { clusterSettings, hosts, networks, someManifest } from '#test/domain/installation/sites.ts';
import { type Api, disconnected, pullSecret } from './client.ts';

/** What describes a whole site: three control plane nodes and two workers, each with a static address. */
export const unattended = {
  installation: 'unattended',
  hosts,
  static_network_config: networks,
  rendezvous_ip: '192.0.2.10',
} as const;

/** A cluster with all that an installation needs, an operator and a manifest. */
const siteCluster = async (api: Api, openshiftVersion: string): Promise<string> => {
  const asked = { name: 'edge', openshift_version: openshiftVersion, pull_secret: pullSecret, worker_count: 2 };
  const { status, body } = await api.post('/v2/clusters', { ...asked, ...clusterSettings });
  expect({ status, reason: body.reason }).toEqual({ status: 201, reason: undefined });
  const content = someManifest.content.toString('base64');
  const manifest = { folder: 'openshift', file_name: someManifest.fileName, content };
  expect((await api.post(`/v2/clusters/${body.id}/manifests`, manifest)).status).toBe(201);
  return body.id;
};

/** The cluster with an infra-env whose installation starts by itself. */
export const unattendedSite = async (api: Api, openshiftVersion: string, fields: object = {}) => {
  const clusterId = await siteCluster(api, openshiftVersion);
  const { status, body } = await api.post('/v2/infra-envs', disconnected(clusterId, { ...unattended, ...fields }));
  expect({ status, reason: body.reason }).toEqual({ status: 201, reason: undefined });
  return { clusterId, infraEnvId: body.id as string };
};
