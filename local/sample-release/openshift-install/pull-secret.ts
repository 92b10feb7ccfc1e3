import { indentGoJson, parseGoJson } from './go-json.ts';
import { decodeManifest, reasonOf } from './manifest.ts';
import { pullSecretShape } from './manifest-shapes.ts';
import { refuseAsset } from './refusal.ts';
import { isMapping, type Mapping, mappingAt, textAt } from './shape.ts';
import { writeYaml } from './yaml.ts';

export const pullSecretFile = 'cluster-manifests/pull-secret.yaml';
export const pullSecretAsset = 'Agent PullSecret';
const key = '.dockerconfigjson';

export interface PullSecret {
  /** The docker configuration: JSON, indented, keys sorted. */
  readonly dockerConfig: string;
  readonly manifest: string;
}

/** Throws an Error with the real program's reason for a docker configuration that it refuses. Base64 is not checked. */
const validateDockerConfig = (text: string): unknown => {
  const config = parseGoJson(text);
  if (config !== null && !isMapping(config)) {
    throw new Error(
      `json: cannot unmarshal ${Array.isArray(config) ? 'array' : typeof config} into Go value of type validate.imagePullSecret`,
    );
  }
  const auths = Object.entries(mappingAt(config ?? {}, 'auths'));
  if (auths.length === 0) throw new Error('auths required');
  const incomplete = auths.filter(([, entry]) => !isMapping(entry) || !('auth' in entry || 'credsStore' in entry));
  const reasons = incomplete.map(([registry]) => `${JSON.stringify(registry)} requires either auth or credsStore`);
  if (reasons.length > 0) throw new Error(reasons.length === 1 ? reasons[0] : `[${reasons.sort().join(', ')}]`);
  return config;
};

const refuseStringData = (reason: string): never =>
  refuseAsset(pullSecretAsset, `invalid PullSecret configuration: stringData: ${reason}`);

const dockerConfigOf = (secret: Mapping): string => {
  const stringData = mappingAt(secret, 'stringData');
  if (Object.keys(stringData).length === 0) return refuseStringData('Required value: no pull secret given');
  if (!Object.hasOwn(stringData, key)) {
    return refuseStringData(`Required value: no key ${key}`);
  }
  return textAt(stringData, key) || refuseStringData(`Required value: nothing under ${key}`);
};

const validatedDockerConfig = (text: string, quoteEcho: boolean): unknown => {
  try {
    return validateDockerConfig(text);
  } catch (error) {
    const echo = quoteEcho ? JSON.stringify(text) : `"${text}"`;
    return refuseStringData(`Invalid value: ${echo}: ${reasonOf(error)}`);
  }
};

/** A secret made of a docker configuration; a bad one is refused with the **whole secret** in the message. */
export const makePullSecret = (secret: Mapping, dockerConfig: string, quoteEcho: boolean): PullSecret => {
  const indented = indentGoJson(validatedDockerConfig(dockerConfig, quoteEcho));
  const manifest = writeYaml({
    ...secret,
    metadata: { creationTimestamp: null, ...mappingAt(secret, 'metadata') },
    stringData: { ...mappingAt(secret, 'stringData'), [key]: indented },
  });
  return { dockerConfig: indented, manifest };
};

/** Reads pull-secret.yaml. Its name is not compared with the infra-env's `pullSecretRef`. */
export const loadPullSecret = (text: string, quoteEcho: boolean): PullSecret => {
  const secret = decodeManifest({ asset: pullSecretAsset, file: pullSecretFile, text, shape: pullSecretShape });
  return makePullSecret(secret, dockerConfigOf(secret), quoteEcho);
};
