import { invalid } from '../errors.ts';
import { excerpt } from './printable.ts';

// The patterns say the same as the ones of the assisted-service API, whose nested repetitions would backtrack for ever.
const label = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const plainName = new RegExp(`^${label}$`);
const dottedName = new RegExp(`^${label}(?:\\.${label})*$`);
const singleLabelDomain = /^[a-z\d][-a-z\d]*[a-z\d]$/;
const dottedDomain = new RegExp(`^(?:${label}\\.)+[a-z\\d][-a-z\\d]*[a-z\\d]$`);

/** How the pattern of a domain is spelled in the message of the assisted-service API. */
const domainPatternShown = '^([a-z\\d]([\\-]*[a-z\\d]+)*\\.)+[a-z\\d]+([\\-]*[a-z\\d]+)+$';

const longestName = 54;
const longestSingleLabel = 62;
const longestDomain = 255;
const longestAppsDomain = 191;
const longestLabel = 63;

interface ClusterName {
  readonly name: string;
  /** Only with platform `none` a name may have dots. */
  readonly platform?: string | undefined;
}

/**
 * Checks a cluster's name (assisted-service API): lower-case letters, digits and hyphens, with dots on platform none.
 *
 * @throws InvalidInput
 */
export const checkClusterName = ({ name, platform }: ClusterName): void => {
  const pattern = platform === 'none' ? dottedName : plainName;
  if (name.length <= longestName && pattern.test(name)) return;
  throw invalid(
    `Cluster name format is not valid: '${excerpt(name)}'. Name must start and end with either a letter or number and ` +
      'consist of lower-case letters, numbers, and hyphens. Subdomains in cluster names are only valid with none platform.',
  );
};

const isDottedDecimal = (domain: string): boolean => /^(?:\d+\.){3}\d+$/.test(domain);

const isBaseDomain = (domain: string): boolean => {
  if (domain.length > longestDomain || isDottedDecimal(domain)) return false;
  return (domain.length <= longestSingleLabel && singleLabelDomain.test(domain)) || dottedDomain.test(domain);
};

interface ClusterDomain {
  readonly name: string;
  /** Absent and empty: not set. */
  readonly baseDomain?: string | undefined;
}

/**
 * Checks a base domain and what it makes together with the cluster's name: `apps.<name>.<domain>` of at most 191
 * characters, no label longer than 63 (assisted-service API).
 *
 * @throws InvalidInput
 */
export const checkBaseDomain = ({ name, baseDomain }: ClusterDomain): void => {
  if (!baseDomain) return;
  if (!isBaseDomain(baseDomain)) {
    throw invalid(
      `DNS format mismatch: ${excerpt(baseDomain)} domain name is not valid. Must match regex [${domainPatternShown}], ` +
        'be no more than 255 characters, and not be in dotted decimal format (##.##.##.##)',
    );
  }
  const appsDomain = `apps.${name}.${baseDomain}`;
  if (appsDomain.length > longestAppsDomain) throw invalid('Combination of cluster name and base DNS domain too long');
  const tooLong = appsDomain.split('.').find((part) => part.length > longestLabel);
  if (tooLong !== undefined) throw invalid(`DNS label '${tooLong}' is longer than 63 bytes`);
};
