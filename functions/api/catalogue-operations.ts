import { bundleCatalogue } from '#domain/catalogues/bundle-catalogue.ts';
import { operatorAliases, operatorCatalogue } from '#domain/catalogues/operator-catalogue.ts';
import type { HighAvailabilityMode } from '#domain/cluster/control-plane.ts';
import { defaultConfig } from '#domain/cluster/default-config.ts';
import { operatorsOfBundle } from '#domain/cluster/operators.ts';
import { architectureLevels, featureLevels, isSupported } from '#domain/cluster/support-levels.ts';
import { failure } from '#domain/errors.ts';
import { excerpt } from '#domain/values/printable.ts';
import type { OperationRequest, Operations } from '#runtime/operation.ts';
import type { Dependencies } from './api-dependencies.ts';

type CatalogueOperations = Operations<
  | 'GetClusterDefaultConfig'
  | 'GetSupportedFeatures'
  | 'GetSupportedArchitectures'
  | 'ListManagedDomains'
  | 'ListSupportedOperators'
  | 'ListOperatorProperties'
  | 'ListBundles'
  | 'GetBundle'
  | 'ListComponentVersions'
>;

type Asked = Omit<OperationRequest<'GetSupportedFeatures'>['query'], 'openshift_version'>;

/** What of a query names a kind of cluster. */
const kindOf = ({ cpu_architecture, platform_type, external_platform_name }: Asked) => ({
  cpuArchitecture: cpu_architecture ?? 'x86_64',
  platformType: platform_type,
  externalPlatformName: external_platform_name,
});

const bundle = (id: string, mode: HighAvailabilityMode) => {
  const row = bundleCatalogue.get(id);
  if (row === undefined) throw failure('NotInCatalogue', { kind: 'bundle', name: excerpt(id) });
  const { title, description, optional } = row;
  return { id, title, description, operators: operatorsOfBundle({ id }, mode), optional_operators: optional };
};

const modeOf = (featureIds: readonly string[] = []): HighAvailabilityMode =>
  featureIds.includes('SNO') ? 'None' : 'Full';

const asksFor = (id: string, mode: HighAvailabilityMode) => ({
  operator_bundles: [{ id }],
  ...(mode === 'None' ? { control_plane_count: 1 } : {}),
});

export const catalogueOperations = ({ releases, serviceVersion }: Dependencies): CatalogueOperations => ({
  GetClusterDefaultConfig: async () => ({ body: defaultConfig() }),

  GetSupportedFeatures: async ({ query: { openshift_version: openshiftVersion, ...query } }) => ({
    body: {
      features: featureLevels({ releases: await releases.all(), openshiftVersion, ...kindOf(query) }),
    },
  }),

  GetSupportedArchitectures: async ({ query: { openshift_version: openshiftVersion } }) => ({
    body: { architectures: architectureLevels({ releases: await releases.all(), openshiftVersion }) },
  }),

  // A managed domain is one whose records the service writes for the installed cluster; this one installs none.
  ListManagedDomains: async () => ({ body: [] }),

  ListSupportedOperators: async () => ({ body: [...operatorCatalogue.keys()] }),

  // None of the catalogue's operators takes any.
  ListOperatorProperties: async ({ parameters: { operator_name: name } }) => {
    if (!operatorCatalogue.has(operatorAliases.get(name) ?? name)) {
      throw failure('NotInCatalogue', { kind: 'operator', name: excerpt(name) });
    }
    return { body: [] };
  },

  ListBundles: async ({ query: { openshift_version: openshiftVersion, feature_ids, ...query } }) => {
    const mode = modeOf(feature_ids);
    const all = [...bundleCatalogue.keys()].map((id) => bundle(id, mode));
    if (openshiftVersion === undefined) return { body: all };
    const question = { releases: await releases.all(), openshiftVersion, ...kindOf(query) };
    return { body: all.filter(({ id }) => isSupported(question, asksFor(id, mode))) };
  },

  GetBundle: async ({ parameters: { id }, query: { feature_ids } }) => ({ body: bundle(id, modeOf(feature_ids)) }),

  ListComponentVersions: async () => ({
    body: {
      versions: { 'assisted-installer-service': `ove-ignition:${serviceVersion}` },
      release_tag: `v${serviceVersion}`,
    },
  }),
});
