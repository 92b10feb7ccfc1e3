import type { ImageType } from './image-type.ts';
import type { InfraEnvCreateParams } from './infra-env-settings.ts';
import type { SettingKey } from './setting-table.ts';

type FieldKey = Exclude<keyof InfraEnvCreateParams, SettingKey>;

const alike = (where: string) => ({ 'full-iso': where, 'minimal-iso': where });

/**
 * Where the other fields of a registration land, which are an infra-env's own and no settings: for a person, in Markdown. A
 * field without a row does not compile.
 */
export const fieldLandings: { readonly [Field in FieldKey]-?: Readonly<Record<ImageType, string>> } = {
  pull_secret: {
    'disconnected-iso': '`/root/.docker/config.json`, `/etc/assisted/manifests/pull-secret.yaml`, by the binary',
    ...alike('`/root/.docker/config.json`, for root alone'),
  },
  name: {
    'disconnected-iso': '`metadata.name` of infraenv.yaml, by the binary',
    ...alike('not in the ignition: for people'),
  },
  cluster_id: {
    'disconnected-iso': "not in the ignition: its version is the binary's",
    ...alike('not in the ignition: gives the version'),
  },
  openshift_version: {
    'disconnected-iso': "not in the ignition: it is the cluster's",
    'full-iso': 'not in the ignition: says in which form a host reads its static network',
    'minimal-iso': 'the same, of the initramfs',
  },
  image_type: {
    'disconnected-iso': 'not in the ignition: it says which one is made',
    ...alike('not in the ignition: it says which one is made'),
  },
  cpu_architecture: {
    'disconnected-iso': 'infraenv.yaml and the service environment, by the binary',
    ...alike('not in the ignition: chooses the image'),
  },
};
