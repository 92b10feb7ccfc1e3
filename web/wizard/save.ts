import type { AskedSettings } from '#domain/infra-env/setting-table.ts';
import { call } from '../api/call.ts';
import type { InfraEnv } from '../api/infra-envs.ts';
import { type Draft, isInteractive } from './draft/draft.ts';
import { clusterSettingsOf, settingsOf } from './draft/settings.ts';

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

/** Makes an ISO: a cluster, which holds the version, and the settings for it. Of a refused one nothing stays. */
const make = async (draft: Draft): Promise<void> => {
  const { name, cpu_architecture, pull_secret } = draft.texts;
  const { id: cluster_id } = await registerCluster(draft);
  try {
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

const change = async (draft: Draft, { id, cluster_id }: InfraEnv): Promise<void> => {
  const { pull_secret } = draft.texts;
  if (!isInteractive(draft)) {
    const body = clusterSettingsOf(draft);
    await call<'UpdateCluster'>({ method: 'PATCH', path: `/v2/clusters/${cluster_id}`, body });
  }
  await call<'UpdateInfraEnv'>({
    method: 'PATCH',
    path: `/v2/infra-envs/${id}`,
    body: { ...settingsOf(draft), ...(pull_secret === '' ? {} : { pull_secret }) },
  });
};

/** @throws Refusal with the service's reason */
export const save = (draft: Draft, infraEnv: InfraEnv | undefined): Promise<void> =>
  infraEnv === undefined ? make(draft) : change(draft, infraEnv);
