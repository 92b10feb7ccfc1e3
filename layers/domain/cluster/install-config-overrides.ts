import * as z from 'zod';
import { invalid } from '../errors.ts';
import { parseJson } from '../values/json.ts';
import { excerpt } from '../values/printable.ts';
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
  proxy: members,
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
  imageContentSources: list,
  imageDigestSources: list,
  capabilities: members,
  featureSet: text,
});

/** Far deeper than any install-config; what reads it afterwards recurses. */
const maximumDepth = 50;

/** In lower case, since the original takes any. */
const secretKeys = ['pullsecret', 'password'];

const checkMembers = (root: unknown): void => {
  const waiting: [value: unknown, depth: number][] = [[root, 0]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [value, depth] = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > maximumDepth) throw invalid(`install config overrides are nested deeper than ${maximumDepth} levels`);
    for (const [key, member] of Object.entries(value)) {
      if (secretKeys.includes(key.toLowerCase())) {
        throw invalid(`install config overrides are kept and answered in clear and must hold no secret: remove ${key}`);
      }
      waiting.push([member, depth + 1]);
    }
  }
};

const parsed = (overrides: string): unknown => {
  try {
    return parseJson(overrides);
  } catch {
    // Not the parser's own words: they quote the text.
    throw invalid('install config overrides are not valid JSON, or name a key twice');
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
 * Checks overrides of an install-config: a JSON object.
 *
 * @throws InvalidInput; its text quotes nothing but the names of members
 */
const checkOverrides = (overrides: string): void => {
  const value = parsed(overrides);
  checkMembers(value);
  const { additionalTrustBundle: bundle } = checkShape(value);
  if (bundle) checkTrustBundle(bundle);
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
  if (overrides !== '') checkOverrides(overrides);
  return {
    ...cluster,
    version: cluster.version + 1,
    settings: overrides === '' ? settings : { ...settings, install_config_overrides: overrides },
    updatedAt: now.toISOString(),
    expiresAt: endOfLife(now),
  };
};
