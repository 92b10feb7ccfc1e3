import type { SiteDifferences } from './apply-site.ts';
import type { Difference } from './differences.ts';

/** Characters of a value in a table's cell. */
const longest = 60;

/** Fields whose values a screen or a log must not hold. */
const secret = /override|secret|password|static_network|hosts/;

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
};

const line = (whose: string, { field, wanted, found }: Difference): string =>
  secret.test(field) ? `${whose}.${field} is another` : `${whose}.${field}: ${shown(found)} -> ${shown(wanted)}`;

/** What apply would change, a piece for each field. */
export const differenceLines = ({
  ofCluster,
  additions,
  ofInfraEnv,
  otherPullSecret,
}: SiteDifferences): readonly string[] => [
  ...ofCluster.map((difference) => line('cluster', difference)),
  ...additions.map(({ field }) => `${field} is another`),
  ...ofInfraEnv.map((difference) => line('infra_env', difference)),
  ...(otherPullSecret ? ['pull_secret is another'] : []),
];
