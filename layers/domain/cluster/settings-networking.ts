import * as z from 'zod';
import { uuidOrEmpty } from '../values/uuid.ts';

// The patterns are the loose ones of the assisted-service API, without their nested repetitions, which would backtrack
// for ever; rules/cidr.ts and rules/vips.ts read the texts for good.
const ipPattern = /^(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3}|[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:]*)?$/;
const subnetPattern =
  /^(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3}\/(?:[0-9]|[1-2][0-9]|3[0-2])|[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:]*\/(?:[0-9]|[1-9][0-9]|1[0-1][0-9]|12[0-8]))$/;

const subnet = z.string().regex(subnetPattern);
export const subnetOrEmpty = z.string().regex(new RegExp(`${subnetPattern.source.slice(0, -1)}?$`));
const hostPrefix = z.int().min(1).max(128);

const networkTypes = ['OpenShiftSDN', 'OVNKubernetes', 'CiscoACI', 'Cilium', 'Calico', 'None'] as const;
const loadBalancerTypes = ['cluster-managed', 'user-managed'] as const;

/** Whoever sends an answer back sends the cluster's id with it; it changes nothing. */
const sentBack = { cluster_id: z.nullish(uuidOrEmpty) };

const vipVerifications = ['unverified', 'failed', 'succeeded'] as const;

/** As a caller sends it: an absent or empty CIDR has a message of its own. */
const askedNetwork = z.strictObject({ ...sentBack, cidr: z.nullish(subnetOrEmpty) });
const askedVip = z.strictObject({
  ...sentBack,
  ip: z.nullish(z.string().regex(ipPattern)),
  verification: z.nullish(z.enum(vipVerifications)).describe('changes nothing: hosts would verify an address'),
});

const older = 'changes nothing: the list of networks says it; clients generated from the published API send it unasked';

/** Fields of both calls that describe the network. */
export const askedNetworking = {
  base_dns_domain: z.nullish(z.string()).describe('base domain of the cluster; all of its DNS records lie below it'),
  cluster_networks: z
    .nullish(z.array(askedNetwork.extend({ host_prefix: z.nullish(hostPrefix) })))
    .describe('blocks that pods get their addresses from; at first 10.128.0.0/14 with host prefix 23'),
  service_networks: z
    .nullish(z.array(askedNetwork))
    .describe('blocks that services get their addresses from; at first 172.30.0.0/16'),
  machine_networks: z
    .nullish(z.array(askedNetwork))
    .describe('blocks that the hosts have their addresses in; two, one of each family, for dual stack'),
  api_vips: z.nullish(z.array(askedVip)).describe('virtual addresses of the API, at most one of each family'),
  ingress_vips: z.nullish(z.array(askedVip)).describe('virtual addresses of the ingress, as many as of the API'),
  cluster_network_cidr: z.nullish(subnet).describe(older),
  cluster_network_host_prefix: z.nullish(hostPrefix).describe(older),
  service_network_cidr: z.nullish(subnet).describe(older),
  vip_dhcp_allocation: z.nullish(z.boolean()).describe('whether DHCP gives the virtual addresses'),
  user_managed_networking: z
    .nullish(z.boolean())
    .describe('whether the user manages load balancing and DNS; deprecated in favour of platform `none`'),
  load_balancer: z
    .nullish(z.strictObject({ type: z.nullish(z.enum(['', ...loadBalancerTypes])) }))
    .describe('who provides the load balancer'),
  network_type: z.nullish(z.enum(networkTypes)).describe('at first OVNKubernetes'),
  http_proxy: z.nullish(z.string()).describe('`http://user:password@host:port`'),
  https_proxy: z.nullish(z.string()).describe('`http://user:password@host:port`'),
  no_proxy: z
    .nullish(z.string())
    .describe('`*`, or a comma-separated list of domains, addresses and CIDRs that are reached without the proxy'),
  additional_ntp_source: z
    .nullish(z.string())
    .describe('comma-separated names or addresses of time sources beside those of the network; excludes `ntp_sources`'),
  ntp_sources: z.nullish(z.string()).describe('comma-separated names or addresses of the only time sources'),
};

const storedNetwork = z.object({ cidr: z.string() });
const storedVip = z.object({ ip: z.string() });
const storedClusterNetwork = z.object({ cidr: z.string(), host_prefix: hostPrefix });

/** The same fields as they are stored. */
export const storedNetworking = {
  base_dns_domain: z.exactOptional(z.string()),
  cluster_networks: z.array(storedClusterNetwork),
  service_networks: z.array(storedNetwork),
  machine_networks: z.array(storedNetwork),
  api_vips: z.array(storedVip),
  ingress_vips: z.array(storedVip),
  vip_dhcp_allocation: z.exactOptional(z.boolean()),
  user_managed_networking: z.exactOptional(z.boolean()),
  load_balancer: z.exactOptional(z.object({ type: z.enum(loadBalancerTypes) })),
  network_type: z.exactOptional(z.enum(networkTypes)),
  http_proxy: z.exactOptional(z.string()),
  https_proxy: z.exactOptional(z.string()),
  no_proxy: z.exactOptional(z.string()),
  additional_ntp_source: z.exactOptional(z.string()),
  ntp_sources: z.exactOptional(z.string()),
};
