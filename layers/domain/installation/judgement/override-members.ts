import * as z from 'zod';
import { isAccepted } from '../../cluster/acceptance.ts';
import { parseCidr } from '../../values/cidr.ts';
import { checkSshKeys } from '../../values/ssh-key.ts';
import type { Site } from '../site.ts';
import { type Fault, fault, faultIf } from './fault.ts';

type Overrides = Readonly<Record<string, unknown>>;

const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const cidr = z.string().refine((value) => parseCidr(value) !== undefined);
const others = z.looseObject({}).nullish();

const pool = (name: string) =>
  z.strictObject({
    name: z.literal(name).nullish(),
    replicas: z.int().nullish(),
    hyperthreading: z.enum(['', 'Enabled', 'Disabled']).nullish(),
  });

const imageSources = z.array(z.strictObject({ source: z.string(), mirrors: texts })).nullish();

const bareMetal = z.strictObject({
  provisioningNetwork: z.enum(['', 'Managed', 'Unmanaged', 'Disabled']).nullish(),
  apiVIPs: texts,
  apiVIP: text,
  ingressVIPs: texts,
  ingressVIP: text,
  hosts: z.array(z.unknown()).nullish(),
  clusterOSImage: text,
  clusterProvisioningIP: text,
  provisioningNetworkInterface: text,
  provisioningNetworkCIDR: text,
  provisioningDHCPRange: text,
  additionalNTPServers: texts,
  loadBalancer: z.strictObject({ type: z.enum(['OpenShiftManagedDefault', 'UserManaged']) }).nullish(),
});

/**
 * Members of overrides as the service on site has them (its `installcfg`), with the values that its installer takes. It
 * refuses one more, at any depth, when it has registered the cluster already. What is checked elsewhere stays open.
 */
const shape = z.looseObject({
  apiVersion: z.enum(['', 'v1']).nullish(),
  networking: z
    .strictObject({
      networkType: text,
      clusterNetwork: z.array(z.strictObject({ cidr, hostPrefix: z.int().nullish() })).nullish(),
      machineNetwork: z.array(z.strictObject({ cidr })).nullish(),
      serviceNetwork: z.array(cidr).nullish(),
    })
    .nullish(),
  proxy: z.strictObject({ httpProxy: text, httpsProxy: text, noProxy: text }).nullish(),
  compute: z.array(pool('worker')).max(1).nullish(),
  controlPlane: pool('master').nullish(),
  arbiter: pool('arbiter').nullish(),
  platform: z
    .strictObject({
      baremetal: bareMetal.nullish(),
      none: z.strictObject({}).nullish(),
      external: z.strictObject({ platformName: text, cloudControllerManager: text }).nullish(),
      vsphere: others,
      nutanix: others,
    })
    .nullish(),
  bootstrapInPlace: z.strictObject({ installationDisk: text }).nullish(),
  cpuPartitioningMode: z.enum(['', 'None', 'AllNodes']).nullish(),
  additionalTrustBundlePolicy: z.enum(['', 'Always', 'Proxyonly']).nullish(),
  imageContentSources: imageSources,
  imageDigestSources: imageSources,
  capabilities: z.strictObject({ baselineCapabilitySet: text, additionalEnabledCapabilities: texts }).nullish(),
});

/** The field of a member of the overrides. */
export const place = (...path: readonly PropertyKey[]): string =>
  ['install_config_overrides', ...path].map(String).join('.');

const unknownMember = (key: string): string =>
  key === 'fencing'
    ? 'it needs passwords, which the service does not keep: a host of role arbiter does without'
    : "the site's service does not know it";

const shapeFaults = (overrides: Overrides): readonly Fault[] =>
  (shape.safeParse(overrides).error?.issues ?? []).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => fault(place(...issue.path, key), unknownMember(key)))
      : [fault(place(...issue.path), "neither the site's service nor its installer takes its value")],
  );

const keyFaults = (site: Site, { sshKey, fips }: Overrides): readonly Fault[] => {
  const key = typeof sshKey === 'string' && sshKey !== '' ? sshKey : site.cluster.settings.ssh_public_key;
  return [
    ...faultIf(
      key !== undefined && key === sshKey && !isAccepted(() => checkSshKeys(key)),
      place('sshKey'),
      'it is not a public key',
    ),
    ...faultIf(
      fips === true && key !== undefined && /^\s*ssh-(?:ed25519|dss) /m.test(key),
      place('fips'),
      "openshift-install takes keys of RSA or ECDSA alone with it, and the cluster's SSH key is of another kind",
    ),
  ];
};

const sourceFaults = ({ imageContentSources }: Overrides): readonly Fault[] =>
  faultIf(
    Array.isArray(imageContentSources) && imageContentSources.length > 0,
    place('imageContentSources'),
    'the site has imageDigestSources already, and its installer takes one of the two: give mirrors by a manifest of kind ImageDigestMirrorSet',
  );

const platformFaults = ({ cluster }: Site, { platform }: Overrides): readonly Fault[] => {
  const chosen = cluster.settings.platform?.type ?? 'baremetal';
  const other = Object.entries(platform ?? {}).find(([name, value]) => value !== null && name !== chosen);
  return faultIf(other !== undefined, place('platform'), `the cluster's platform is ${chosen}`);
};

/** Members that the site's service does not know, or with which its installer ends. */
export const memberFaults = (site: Site, overrides: Overrides): readonly Fault[] => [
  ...shapeFaults(overrides),
  ...keyFaults(site, overrides),
  ...sourceFaults(overrides),
  ...platformFaults(site, overrides),
];
