/** What the data folders of former releases hold. */
export const cluster = {
  name: 'edge',
  openshift_version: '4.20.3',
  base_dns_domain: 'example.com',
  api_vips: [{ ip: '192.0.2.2' }],
  ingress_vips: [{ ip: '192.0.2.3' }],
  machine_networks: [{ cidr: '192.0.2.0/24' }],
  tags: 'a,b',
};

export const manifest = {
  folder: 'openshift',
  file_name: 'a.yaml',
  content: Buffer.from('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n').toString('base64'),
};

const networkYaml = `interfaces:
- name: eth0
  type: ethernet
  state: up
  ipv4:
    enabled: true
    dhcp: false
    address:
    - ip: 192.0.2.10
      prefix-length: 24
`;

export const infraEnv = {
  name: 'edge',
  ssh_authorized_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJQ1vG1Hc9YzPOUNxaYlN3hFfQpO3nDW0i7r3SGbq5dE me@edge',
  rendezvous_ip: '192.0.2.10',
  proxy: { http_proxy: 'http://proxy.example:3128' },
  additional_ntp_sources: 'ntp.example',
  kernel_arguments: [{ operation: 'append', value: 'console=ttyS0' }],
  static_network_config: [
    {
      network_yaml: networkYaml,
      mac_interface_map: [{ mac_address: '02:00:00:00:00:01', logical_nic_name: 'eth0' }],
    },
  ],
};
