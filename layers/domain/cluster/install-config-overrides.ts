import * as z from 'zod';
import { invalid } from '../errors.ts';
import { entriesOf, JsonFault, parseJson } from '../values/json.ts';
import { excerpt } from '../values/printable.ts';
import { checkProxy } from '../values/proxy.ts';
import { checkTrustBundle } from '../values/trust-bundle.ts';
import type { Cluster } from './cluster.ts';
import { endOfLife } from './cluster-registration.ts';

const text = z.nullish(z.string());
const members = z.nullish(z.looseObject({}));
const list = z.nullish(z.array(z.unknown()));

/** What of an install-config can be overridden (assisted-service API); the installer judges what is inside. */
const overridable = z.strictObject({
  apiVersion: text,
  baseDomain: text,
  proxy: z.nullish(z.looseObject({ httpProxy: text, httpsProxy: text, noProxy: text })),
  networking: members,
  metadata: members,
  compute: list,
  controlPlane: members,
  arbiter: members,
  platform: members,
  bootstrapInPlace: members,
  fips: z.nullish(z.boolean()),
  cpuPartitioningMode: text,
  sshKey: text,
  additionalTrustBundle: text,
  additionalTrustBundlePolicy: text,
  imageContentSources: list,
  imageDigestSources: list,
  capabilities: members,
  featureSet: text,
  featureGates: list,
});

/** In lower case, since the original takes any. */
const secretKeys = ['pullsecret', 'password'];

const checkMembers = (value: unknown): void => {
  if (Array.isArray(value)) value.forEach(checkMembers);
  for (const [key, member] of entriesOf(value) ?? []) {
    if (secretKeys.includes(key.toLowerCase())) {
      throw invalid(`install config overrides are kept and answered in clear and must hold no secret: remove ${key}`);
    }
    checkMembers(member);
  }
};

const parsed = (overrides: string): unknown => {
  try {
    return parseJson(overrides);
  } catch (error) {
    throw error instanceof JsonFault ? invalid(`install config overrides are not valid: ${error.reason}`) : error;
  }
};

const checkShape = (value: unknown) => {
  const { data, error } = overridable.safeParse(value);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') throw invalid(`json: unknown field "${excerpt(issue.keys[0] ?? '')}"`);
  const type = issue?.code === 'invalid_type' ? issue.expected : 'object';
  throw invalid(`json: cannot unmarshal into install config field "${issue?.path.join('.')}" of type ${type}`);
};

/**
 * Checks overrides of an install-config: a JSON object, or an empty text for none.
 *
 * @throws InvalidInput; its text quotes nothing but the names of members
 */
export const checkOverrides = (overrides: string): void => {
  if (overrides === '') return;
  const value = parsed(overrides);
  checkMembers(value);
  const { additionalTrustBundle: bundle, proxy } = checkShape(value);
  if (bundle) checkTrustBundle(bundle);
  checkProxy({ http_proxy: proxy?.httpProxy, https_proxy: proxy?.httpsProxy, no_proxy: proxy?.noProxy });
};

interface Override {
  readonly cluster: Cluster;
  /** JSON text; an empty one takes them away. */
  readonly overrides: string;
  readonly now: Date;
}

/**
 * The cluster with other overrides of its install-config instead of those that it had.
 *
 * @throws InvalidInput
 */
export const overriddenCluster = ({ cluster, overrides, now }: Override): Cluster => {
  const { install_config_overrides: _, ...settings } = cluster.settings;
  checkOverrides(overrides);
  return {
    ...cluster,
    version: cluster.version + 1,
    settings: overrides === '' ? settings : { ...settings, install_config_overrides: overrides },
    updatedAt: now.toISOString(),
    expiresAt: endOfLife(now),
  };
};
