/** A host with one card of one static address, and a gateway at the first address of its network. */
export const routedNetwork = (ip: string, octet: string) => {
  const { network_yaml, mac_interface_map } = hostNetwork(ip, octet);
  const gateway = ip.replace(/\d+$/, '1');
  const routes = `routes: {config: [{destination: 0.0.0.0/0, next-hop-address: ${gateway}, next-hop-interface: eth0}]}`;
  return { network_yaml: `${network_yaml}\n${routes}\n`, mac_interface_map };
};

/** A host with one card of one static address. */
export const hostNetwork = (ip = '192.0.2.10', octet = '01') => ({
  network_yaml: `interfaces: [{name: eth0, type: ethernet, ipv4: {enabled: true, address: [{ip: ${ip}, prefix-length: 24}]}}]`,
  mac_interface_map: [{ mac_address: `52:54:00:00:00:${octet}`, logical_nic_name: 'eth0' }],
});
