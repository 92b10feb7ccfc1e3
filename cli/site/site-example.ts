/** What `ove site init` writes: every value that a site cannot do without, and the usual ones behind a comment sign. */
export const siteExample = `# A site: one OpenShift cluster without internet, and the ISO that installs it.
# The fields below cluster and infra_env are those of the API (docs/openapi.json). For any text you may write
# { file: NAME }, meant from the folder of this file, or { env: NAME } for a variable of the environment.
# An editor completes and checks this file beside the output of: npx ove site schema > site.schema.json
# yaml-language-server: $schema=site.schema.json

name: edge-1
pull_secret: { file: pull-secret.json }   # from https://console.redhat.com/openshift/install/pull-secret

cluster:
  openshift_version: "4.20"               # or an exact one, "4.20.3"; see GET /v2/openshift-versions
  # base_dns_domain: example.org
  # api_vips: [{ ip: 192.0.2.2 }]
  # ingress_vips: [{ ip: 192.0.2.3 }]

# install_config_overrides: { fips: true }  # members of the install-config that no field above is for
# manifests:                              # all that the installation adds to the cluster
#   - { folder: openshift, file_name: namespace.yaml, content: { file: namespace.yaml } }

infra_env:
  ssh_authorized_key: { file: ~/.ssh/id_ed25519.pub }
  # rendezvous_ip: 192.0.2.10             # the host that leads the installation
  # installation: prefilled               # or unattended: see docs/operations.md, "An unattended site"
  # hosts: [{ hostname: node-0, role: master, mac_addresses: ["52:54:00:00:00:01"] }]
  # additional_ntp_sources: 192.0.2.1
  # proxy: { http_proxy: "http://proxy.example.org:3128", no_proxy: .example.org }
  # additional_trust_bundle: { file: ca.pem }
  # kernel_arguments: [{ operation: append, value: console=ttyS0 }]
  # static_network_config:                # one entry for each host; network_yaml as in nmstate
  #   - mac_interface_map: [{ logical_nic_name: eth0, mac_address: 52:54:00:00:00:01 }]
  #     network_yaml: { file: host-1.yaml }
`;
