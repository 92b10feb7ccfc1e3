/** A host with one card of one static address. */
export const hostNetwork = (ip = '192.0.2.10', octet = '01') => ({
  network_yaml: `interfaces: [{name: eth0, type: ethernet, ipv4: {enabled: true, address: [{ip: ${ip}, prefix-length: 24}]}}]`,
  mac_interface_map: [{ mac_address: `52:54:00:00:00:${octet}`, logical_nic_name: 'eth0' }],
});
