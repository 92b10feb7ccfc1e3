import { isIp } from './agent-config.ts';
import { type Mapping, mappingAt, mappingsAt, textAt } from './shape.ts';
import { refuseSite, type SiteConfiguration, type SiteHost } from './site-configuration.ts';
import { addressesIn, contains, overlap, prefixOf } from './site-networks.ts';

type Reasons = readonly string[];

const reasonIf = (isWrong: boolean, reason: string): Reasons => (isWrong ? [reason] : []);
const quoted = (value: unknown): string => JSON.stringify(value);

const textsAt = (mapping: Mapping, key: string): readonly string[] => {
  const value = mapping[key];
  return Array.isArray(value) ? value.map(String) : [];
};

const replicasOf = (pool: Mapping, usual: number): number =>
  typeof pool.replicas === 'number' ? pool.replicas : usual;

/** Nodes by role, as install-config.yaml counts them. */
export const replicas = ({ install }: SiteConfiguration) => ({
  masters: replicasOf(mappingAt(install, 'controlPlane'), 3),
  arbiters: replicasOf(mappingAt(install, 'arbiter'), 0),
  workers: mappingsAt(install, 'compute').reduce((sum, pool) => sum + replicasOf(pool, 3), 0),
});

/** Without any: the real program's own. */
export const machineNetworksOf = ({ install }: SiteConfiguration): readonly string[] => {
  const given = mappingsAt(mappingAt(install, 'networking'), 'machineNetwork').map((entry) => textAt(entry, 'cidr'));
  return given.length > 0 ? given : ['10.0.0.0/16'];
};

const networkReasons = (site: SiteConfiguration): Reasons => {
  const networking = mappingAt(site.install, 'networking');
  const clusters = mappingsAt(networking, 'clusterNetwork');
  const all = [
    ...machineNetworksOf(site).map((cidr) => ({ name: 'machineNetwork', cidr })),
    ...textsAt(networking, 'serviceNetwork').map((cidr) => ({ name: 'serviceNetwork', cidr })),
    ...clusters.map((entry) => ({ name: 'clusterNetwork', cidr: textAt(entry, 'cidr') })),
  ];
  return [
    ...all.flatMap(({ name, cidr }, index) =>
      all
        .slice(0, index)
        .filter((other) => overlap(other.cidr, cidr))
        .map((other) => `networking.${name}[0]: Invalid value: ${quoted(cidr)}: must not overlap with ${other.name}`),
    ),
    ...clusters.flatMap((entry) => {
      const [cidr, prefix] = [textAt(entry, 'cidr'), Number(entry.hostPrefix)];
      return reasonIf(
        prefix < prefixOf(cidr) || prefix > (cidr.includes(':') ? 128 : 32),
        `networking.clusterNetwork[0].hostPrefix: Invalid value: ${prefix}: cluster network host subnetwork prefix must not be larger size than CIDR ${cidr}`,
      );
    }),
    ...reasonIf(
      textAt(networking, 'networkType') === 'OpenShiftSDN',
      'networking.networkType: Invalid value: "OpenShiftSDN": networkType OpenShiftSDN is not supported',
    ),
  ];
};

const vipReasons = (site: SiteConfiguration): Reasons => {
  const { baremetal } = mappingAt(site.install, 'platform');
  if (baremetal === undefined) return [];
  const platform = mappingAt(mappingAt(site.install, 'platform'), 'baremetal');
  const [api, ingress] = [textsAt(platform, 'apiVIPs'), textsAt(platform, 'ingressVIPs')];
  const named = [...api.map((ip) => ['apiVIPs', ip] as const), ...ingress.map((ip) => ['ingressVIPs', ip] as const)];
  return [
    ...reasonIf(
      api.length === 0,
      'platform.baremetal.apiVIPs: Required value: must specify at least one VIP for the API',
    ),
    ...reasonIf(
      ingress.length === 0,
      'platform.baremetal.ingressVIPs: Required value: must specify at least one VIP for the Ingress',
    ),
    ...reasonIf(
      api.some((ip) => ingress.includes(ip)) && Object.keys(mappingAt(platform, 'loadBalancer')).length === 0,
      `platform.baremetal.apiVIPs: Invalid value: ${quoted(api[0])}: VIP for API must not be one of the Ingress VIPs`,
    ),
    ...named.flatMap(([name, ip]) =>
      reasonIf(
        !isIp(ip) || !machineNetworksOf(site).some((cidr) => contains(cidr, ip)),
        `platform.baremetal.${name}: Invalid value: ${quoted(ip)}: IP expected to be in one of the machine networks: ${machineNetworksOf(site).join(',')}`,
      ),
    ),
  ];
};

const topologyReasons = (site: SiteConfiguration): Reasons => {
  const { masters, arbiters, workers } = replicas(site);
  const platform = mappingAt(site.install, 'platform');
  return [
    ...reasonIf(
      masters > 5 || masters < 1,
      `controlPlane.replicas: Invalid value: ${masters}: number of control plane replicas not supported`,
    ),
    ...reasonIf(
      masters === 2 && arbiters === 0,
      'controlPlane.fencing: Required value: fencing credentials are required',
    ),
    ...reasonIf(
      masters === 1 && workers > 0,
      `compute.replicas: Required value: Total number of compute replicas must be 0 when controlPlane.replicas is 1 for platform none or external. Found ${workers}`,
    ),
    ...reasonIf(
      masters === 1 && platform.baremetal !== undefined,
      'Platform: Invalid value: "baremetal": only platform none and external supports 1 ControlPlane and 0 Compute nodes',
    ),
    ...reasonIf(Object.keys(platform).length === 0, 'platform: Invalid value: "": must specify one of the platforms'),
  ];
};

const hostCount = (site: SiteConfiguration, role: string): number =>
  site.hosts.filter((host) => host.role === role).length;

const countReasons = (site: SiteConfiguration): Reasons => {
  const { masters, arbiters, workers } = replicas(site);
  return [
    ...reasonIf(
      hostCount(site, 'master') > masters,
      `the number of master hosts defined (${hostCount(site, 'master')}) exceeds the configured ControlPlane replicas (${masters})`,
    ),
    ...reasonIf(
      hostCount(site, 'worker') > workers,
      `the number of worker hosts defined (${hostCount(site, 'worker')}) exceeds the configured Compute replicas (${workers})`,
    ),
    ...reasonIf(
      hostCount(site, 'arbiter') > arbiters,
      `the number of arbiter hosts defined (${hostCount(site, 'arbiter')}) exceeds the configured Arbiter replicas (${arbiters})`,
    ),
    ...reasonIf(
      site.hosts.length > masters + arbiters + workers,
      `the number of hosts defined (${site.hosts.length}) exceeds the configured replicas`,
    ),
  ];
};

const credentialReasons = ({ install }: SiteConfiguration): Reasons => {
  const [name, domain] = [textAt(mappingAt(install, 'metadata'), 'name'), textAt(install, 'baseDomain')];
  const gates = textsAt(install, 'featureGates');
  return [
    ...reasonIf(
      !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name),
      `metadata.name: Invalid value: ${quoted(name)}: cluster name is not valid`,
    ),
    ...reasonIf(domain === '', 'baseDomain: Required value: cluster base domain required'),
    ...reasonIf(textAt(install, 'pullSecret') === '', 'pullSecret: Required value: pull secret required'),
    ...reasonIf(
      gates.length > 0 && install.featureSet !== 'CustomNoUpgrade',
      'featureGates: Forbidden: featureGates can only be used with the CustomNoUpgrade feature set',
    ),
    ...reasonIf(
      gates.some((gate) => !/^\w+=(true|false)$/i.test(gate)),
      `featureGates[0]: Invalid value: ${quoted(gates[0])}: must match the format <feature-name>=<bool>`,
    ),
    ...reasonIf(
      !['', 'CustomNoUpgrade', 'TechPreviewNoUpgrade', 'DevPreviewNoUpgrade'].includes(textAt(install, 'featureSet')),
      `featureSet: Unsupported value: ${quoted(install.featureSet)}`,
    ),
  ];
};

/** The same address in another case is taken for another one. */
const macReasons = (hosts: readonly SiteHost[]): Reasons => {
  const seen = new Set<string>();
  return hosts.flatMap(({ interfaces }, index) => {
    if (interfaces.length === 0)
      return [`hosts[${index}].interfaces: Required value: at least one interface must be defined for each node`];
    return interfaces.flatMap(({ macAddress: mac }, at) => {
      const isKnown = seen.size === seen.add(mac).size;
      const place = `hosts[${index}].interfaces[${at}].macAddress`;
      return [
        ...reasonIf(
          !/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(mac),
          `${place}: Invalid value: ${quoted(mac)}: address ${mac}: invalid MAC address`,
        ),
        ...reasonIf(isKnown, `${place}: Invalid value: ${quoted(mac)}: duplicate MAC address found`),
      ];
    });
  });
};

const hintReasons = ({ hints }: SiteHost, index: number): Reasons => [
  ...reasonIf(
    hints.deviceName !== undefined && !textAt(hints, 'deviceName').startsWith('/dev/'),
    `hosts[${index}].rootDeviceHints.deviceName: Invalid value: ${quoted(hints.deviceName)}: Device Name of root device hint must be a /dev/ path`,
  ),
  ...['wwnWithExtension', 'wwnVendorExtension'].flatMap((name) =>
    reasonIf(
      hints[name] !== undefined,
      `hosts[${index}].rootDeviceHints.${name}: Forbidden: WWN extensions are not supported in root device hints`,
    ),
  ),
];

const hostReasons = (site: SiteConfiguration, rendezvous: string): Reasons => [
  ...macReasons(site.hosts),
  ...site.hosts.flatMap((host, index) => [
    ...hintReasons(host, index),
    ...reasonIf(
      !['', 'master', 'worker', 'arbiter'].includes(host.role),
      `hosts[${index}].role: Unsupported value: ${quoted(host.role)}: supported values: "master", "worker", "arbiter"`,
    ),
    ...reasonIf(
      host.role === 'worker' && addressesIn(host.networkConfig).includes(rendezvous),
      `hosts[${index}].Host: Forbidden: Host ${host.hostname} has role 'worker' and has the rendezvousIP assigned to it. The rendezvousIP must be assigned to a control plane host.`,
    ),
  ]),
];

/** agent-config.yaml's, else the first static one of a control plane host, else of a host without role. */
export const rendezvousOf = ({ agent, hosts }: SiteConfiguration): string => {
  const ofRole = (...roles: readonly string[]) =>
    hosts.filter(({ role }) => roles.includes(role)).flatMap(({ networkConfig }) => addressesIn(networkConfig))[0];
  return textAt(agent, 'rendezvousIP') || ofRole('master', 'arbiter') || ofRole('') || '';
};

const refuseFirst = (asset: string, introduction: string, reasons: Reasons): void => {
  if (reasons.length > 0)
    refuseSite(asset, `${introduction}${reasons.length === 1 ? reasons[0] : `[${reasons.join(', ')}]`}`);
};

/** Judges a site as the real program does, and no further: throws a Refusal. @returns its warnings */
export const checkSite = (site: SiteConfiguration): readonly string[] => {
  const rendezvous = rendezvousOf(site);
  const given = textAt(site.agent, 'rendezvousIP');
  refuseFirst('Install Config', 'invalid install-config configuration: ', [
    ...credentialReasons(site),
    ...networkReasons(site),
    ...vipReasons(site),
    ...topologyReasons(site),
  ]);
  refuseFirst(
    'Agent Config',
    'invalid Agent Config configuration: ',
    reasonIf(
      given !== '' && !isIp(given),
      `rendezvousIP: Invalid value: ${quoted(given)}: ${quoted(given)} is not a valid IP`,
    ),
  );
  refuseFirst('Agent Hosts', 'invalid Hosts configuration: ', hostReasons(site, rendezvous));
  refuseFirst('Agent Hosts', '', countReasons(site));
  refuseFirst(
    'Agent Config',
    '',
    reasonIf(
      rendezvous === '',
      'missing rendezvousIP in agent-config, at least one host networkConfig, or at least one NMStateConfig manifest',
    ),
  );
  const { masters, arbiters, workers } = replicas(site);
  return [
    'Unable to validate the release image architecture, skipping validation',
    ...reasonIf(
      site.hosts.length < masters + arbiters + workers,
      `not enough hosts found (${site.hosts.length}) to support all the configured replicas`,
    ),
  ];
};
