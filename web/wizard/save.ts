import { namedOperators } from '#domain/cluster/named-operators.ts';
import type { AskedSettings } from '#domain/infra-env/setting-table.ts';
import { call } from '../api/call.ts';
import type { InfraEnv } from '../api/infra-envs.ts';
import { type Draft, isInteractive } from './draft/draft.ts';
import { changesOf, clusterSettingsOf, settingsOf } from './draft/settings.ts';
import { type Additions, noAdditions, writeAdditions } from './manifests/cluster-additions.ts';

/** What is changed. */
export interface Present {
  readonly infraEnv: InfraEnv;
  /** As the form showed it first. */
  readonly before: Draft;
}

const isSet = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) return Object.values(value).some(isSet);
  return value !== '' && value !== false && value !== 0;
};

const setOnly = (settings: AskedSettings): Partial<AskedSettings> =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => isSet(value)));

const registerCluster = (draft: Draft) => {
  const { name, openshift_version, cpu_architecture, pull_secret } = draft.texts;
  const settings = isInteractive(draft) ? {} : clusterSettingsOf(draft);
  return call<'RegisterCluster'>({
    method: 'POST',
    path: '/v2/clusters',
    body: { name, openshift_version, pull_secret, cpu_architecture: cpu_architecture as 'x86_64', ...settings },
  });
};

const additionsOf = (draft: Draft): Additions =>
  isInteractive(draft)
    ? noAdditions
    : { overrides: draft.texts.install_config_overrides.trim(), manifests: draft.manifests };

/** Makes an ISO: a cluster, which holds the version, and the settings for it. Of a refused one nothing stays. */
const make = async (draft: Draft): Promise<void> => {
  const { name, cpu_architecture, pull_secret } = draft.texts;
  const { id: cluster_id } = await registerCluster(draft);
  try {
    await writeAdditions(cluster_id, noAdditions, additionsOf(draft));
    await call<'RegisterInfraEnv'>({
      method: 'POST',
      path: '/v2/infra-envs',
      body: {
        name,
        cluster_id,
        pull_secret,
        cpu_architecture: cpu_architecture as 'x86_64',
        image_type: 'disconnected-iso',
        ...setOnly(settingsOf(draft)),
      },
    });
  } catch (error) {
    await call<'DeregisterCluster'>({ method: 'DELETE', path: `/v2/clusters/${cluster_id}` }).catch(() => undefined);
    throw error;
  }
};

const isEmpty = (body: object): boolean => Object.keys(body).length === 0;

/** By hand the form showed nothing of the cluster: then all that it says now is new. */
const clusterChanges = (draft: Draft, before: Draft) => {
  if (isInteractive(draft)) return {};
  const settings = clusterSettingsOf(draft);
  return isInteractive(before) ? settings : changesOf(clusterSettingsOf(before), settings);
};

/** The form shows the names of operators alone: what else was asked of one stays. */
const withProperties = async (path: string, operators: readonly { readonly name: string }[]) => {
  const { monitored_operators } = await call<'GetCluster'>({ method: 'GET', path });
  const known = namedOperators(monitored_operators);
  return operators.map((operator) => ({ ...operator, ...known.find(({ name }) => name === operator.name) }));
};

const changeCluster = async (path: string, changes: Partial<ReturnType<typeof clusterSettingsOf>>): Promise<void> => {
  const { olm_operators: named } = changes;
  const body = named === undefined ? changes : { ...changes, olm_operators: await withProperties(path, named) };
  await call<'UpdateCluster'>({ method: 'PATCH', path, body });
};

const change = async (draft: Draft, { infraEnv: { id, cluster_id }, before }: Present): Promise<void> => {
  const ofCluster = clusterChanges(draft, before);
  if (!isEmpty(ofCluster)) await changeCluster(`/v2/clusters/${cluster_id}`, ofCluster);
  if (!isInteractive(draft) && cluster_id !== undefined) {
    await writeAdditions(cluster_id, additionsOf(before), additionsOf(draft));
  }
  const { pull_secret } = draft.texts;
  const body = { ...changesOf(settingsOf(before), settingsOf(draft)), ...(pull_secret === '' ? {} : { pull_secret }) };
  if (!isEmpty(body)) await call<'UpdateInfraEnv'>({ method: 'PATCH', path: `/v2/infra-envs/${id}`, body });
};

/** @throws Refusal with the service's reason */
export const save = (draft: Draft, present: Present | undefined): Promise<void> =>
  present === undefined ? make(draft) : change(draft, present);
