interface Mirror {
  readonly source: string;
  readonly mirror: string;
}

/** The registry on the rendezvous host of an OVE ISO serves these two; the ISO fixes their names. */
const mirrors: readonly Mirror[] = [
  {
    source: 'quay.io/openshift-release-dev/ocp-release',
    mirror: 'registry.appliance.openshift.com:5000/openshift/release-images',
  },
  {
    source: 'quay.io/openshift-release-dev/ocp-v4.0-art-dev',
    mirror: 'registry.appliance.openshift.com:5000/openshift/release',
  },
];

const registry = ({ source, mirror }: Mirror): string => `
[[registry]]
prefix = ""
location = "${source}"

[[registry.mirror]]
location = "${mirror}"
`;

/** containers-registries.conf(5), version 2, in TOML. The names above need no escaping. */
export const registriesConf: string = `unqualified-search-registries = []\n${mirrors.map(registry).join('')}`;
