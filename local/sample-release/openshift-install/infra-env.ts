import { decodeManifest } from './manifest.ts';
import { infraEnvShape } from './manifest-shapes.ts';
import { refuseAsset } from './refusal.ts';
import type { Behaviour } from './settings.ts';
import { type Mapping, mappingAt, textAt } from './shape.ts';
import { writeYaml } from './yaml.ts';

export const infraEnvFile = 'cluster-manifests/infraenv.yaml';
const asset = 'InfraEnv Config File';

/** An infraenv.yaml after decoding; every text is empty when absent. */
export interface InfraEnv {
  /** What ends up in `/etc/assisted/manifests/infraenv.yaml`. */
  readonly manifest: string;
  readonly sshAuthorizedKey: string;
  readonly cpuArchitecture: string;
  readonly proxy: { readonly httpProxy: string; readonly httpsProxy: string; readonly noProxy: string } | undefined;
}

const architectureNames: Readonly<Record<string, string>> = {
  amd64: 'x86_64',
  arm64: 'aarch64',
};
const supportedArchitectures = ['x86_64', 'aarch64', 's390x', 'ppc64le'];

const architectureOf = (spec: Mapping): string => {
  const given = textAt(spec, 'cpuArchitecture') || 'x86_64';
  const architecture = architectureNames[given] ?? given;
  return supportedArchitectures.includes(architecture)
    ? architecture
    : refuseAsset(asset, `Config.Spec.CpuArchitecture ${architecture} is not supported`);
};

const proxyOf = (spec: Mapping): InfraEnv['proxy'] => {
  if (spec.proxy === undefined) return undefined;
  const proxy = mappingAt(spec, 'proxy');
  return {
    httpProxy: textAt(proxy, 'httpProxy'),
    httpsProxy: textAt(proxy, 'httpsProxy'),
    noProxy: textAt(proxy, 'noProxy'),
  };
};

/** Members that Go writes even when they are empty. */
const withZeroValues = (decoded: Mapping, spec: Mapping): Mapping => ({
  status: { agentLabelSelector: {}, bootArtifacts: {}, debugInfo: { eventsURL: '' } },
  ...decoded,
  metadata: { creationTimestamp: null, ...mappingAt(decoded, 'metadata') },
  spec: { ipxeScriptType: '', nmStateConfigLabelSelector: {}, pullSecretRef: null, ...spec },
});

/** Reads infraenv.yaml. Its kind and its values are not judged, except the architecture. */
export const loadInfraEnv = (text: string, { unknownSpec = [], droppedSpec = [] }: Behaviour = {}): InfraEnv => {
  const decoded = decodeManifest({ asset, file: infraEnvFile, text, shape: infraEnvShape });
  const given = mappingAt(decoded, 'spec');
  const unknown = unknownSpec.find((key) => key in given);
  if (unknown !== undefined) return refuseAsset(asset, `json: unknown field "${unknown}"`);
  const spec = Object.fromEntries(Object.entries(given).filter(([key]) => !droppedSpec.includes(key)));
  const cpuArchitecture = architectureOf(spec);
  const written = spec.cpuArchitecture === undefined ? spec : { ...spec, cpuArchitecture };
  return {
    manifest: writeYaml(withZeroValues(decoded, written)),
    sshAuthorizedKey: textAt(spec, 'sshAuthorizedKey'),
    cpuArchitecture,
    proxy: proxyOf(spec),
  };
};
