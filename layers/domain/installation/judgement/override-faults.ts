import { entriesOf } from '../../values/json.ts';
import { excerpt } from '../../values/printable.ts';
import { customFeatureSet, gateName, overridesOf } from '../overrides.ts';
import { hostCounts, type Site } from '../site.ts';
import { capabilityFaults } from './capability-faults.ts';
import { type Fault, faultIf } from './fault.ts';
import { memberFaults, place } from './override-members.ts';
import { networkingFaults } from './override-networks.ts';

const featureSets: readonly unknown[] = ['', 'TechPreviewNoUpgrade', 'DevPreviewNoUpgrade', customFeatureSet];
const gateForm = /^[A-Za-z][A-Za-z0-9]*=(?:true|false)$/;

interface Subject {
  readonly site: Site;
  readonly overrides: Readonly<Record<string, unknown>>;
  readonly gates: readonly string[];
}

const featureFaults = ({ overrides, gates }: Subject): readonly Fault[] => {
  const { featureGates } = overrides;
  const featureSet = overrides.featureSet ?? '';
  const list = Array.isArray(featureGates) ? featureGates : [];
  const wrong = list.find((gate) => typeof gate !== 'string' || !gateForm.test(gate));
  return [
    ...faultIf(
      !featureSets.includes(featureSet),
      place('featureSet'),
      `${excerpt(String(featureSet))} is not a feature set`,
    ),
    ...faultIf(
      featureGates !== undefined && featureGates !== null && !Array.isArray(featureGates),
      place('featureGates'),
      'it has to be a list',
    ),
    ...faultIf(
      wrong !== undefined,
      place('featureGates'),
      `${excerpt(String(wrong))} is not of the form Name=true or Name=false`,
    ),
    ...faultIf(
      list.length > 0 && featureSet !== customFeatureSet,
      place('featureGates'),
      `it needs featureSet ${customFeatureSet}`,
    ),
    ...faultIf(
      gates.length > 0 && featureSet !== '' && featureSet !== customFeatureSet,
      place('featureSet'),
      `the release needs ${gates.join(', ')}, which only ${customFeatureSet} allows`,
    ),
    ...gates.flatMap((gate) => {
      const other = list.find((own) => typeof own === 'string' && gateName(own) === gateName(gate) && own !== gate);
      return faultIf(other !== undefined, place('featureGates'), `the release needs ${gate}`);
    }),
  ];
};

const replicasOf = (pool: unknown): unknown => entriesOf(pool)?.get('replicas');

/** Members of bare metal that settings give; the older ones hold one address. */
const ofSettings = {
  apiVIPs: 'api_vips',
  apiVIP: 'api_vips',
  ingressVIPs: 'ingress_vips',
  ingressVIP: 'ingress_vips',
} as const;

const vipFaults = ({ cluster: { settings } }: Site, platform: unknown): readonly Fault[] => {
  const members = entriesOf(entriesOf(platform)?.get('baremetal'));
  return Object.entries(ofSettings).flatMap(([member, field]) => {
    const given = [members?.get(member) ?? []].flat();
    const own = settings[field].map(({ ip }) => ip);
    return faultIf(
      given.some((address) => !own.includes(String(address))),
      place('platform', 'baremetal', member),
      `${field} has other addresses: set that instead`,
    );
  });
};

/** What a setting says already: two values would reach two places. */
const doubledFaults = ({ site, overrides }: Subject): readonly Fault[] => {
  const { masters, arbiters, workers } = hostCounts(site);
  const [compute] = Array.isArray(overrides.compute) ? overrides.compute : [];
  const controlPlane = replicasOf(overrides.controlPlane);
  const arbiter = replicasOf(overrides.arbiter);
  return [
    ...faultIf(overrides.baseDomain !== undefined, place('baseDomain'), 'set base_dns_domain instead'),
    ...faultIf(overrides.metadata !== undefined, place('metadata'), 'set name instead'),
    ...faultIf(
      controlPlane !== undefined && controlPlane !== masters,
      place('controlPlane'),
      `control_plane_count is ${masters}`,
    ),
    ...faultIf(
      arbiter !== undefined && arbiter !== arbiters,
      place('arbiter'),
      `${arbiters} of the hosts have the role arbiter`,
    ),
    ...vipFaults(site, overrides.platform),
    ...faultIf(
      replicasOf(compute) !== undefined && replicasOf(compute) !== workers,
      place('compute'),
      `worker_count is ${workers}`,
    ),
  ];
};

/** Overrides that the site's service takes, and at which the installation fails. */
export const overrideFaults = (site: Site, gates: readonly string[]): readonly Fault[] => {
  const subject = { site, gates, overrides: overridesOf(site.cluster.settings) };
  return [
    ...featureFaults(subject),
    ...capabilityFaults(site, subject.overrides.capabilities),
    ...doubledFaults(subject),
    ...memberFaults(site, subject.overrides),
    ...networkingFaults(site, subject.overrides.networking),
  ];
};
