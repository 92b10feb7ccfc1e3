import * as z from 'zod';

// What the pages of the web UI read of an answer, by hand.

export const text = z.string().min(1);

export const clusterRow = z.looseObject({
  id: z.guid(),
  name: text,
  kind: z.enum(['Cluster', 'AddHostsCluster', 'DisconnectedCluster']),
  status: text,
  openshift_version: text,
  created_at: z.iso.datetime(),
  cpu_architecture: text.optional(),
  base_dns_domain: z.string().optional(),
  hosts: z.array(z.unknown()),
  enabled_host_count: z.int().optional(),
});

/** Without any the page is blocked. */
export const versions = z
  .record(
    z.string(),
    z.looseObject({
      display_name: text,
      support_level: z.enum(['beta', 'production', 'maintenance', 'end-of-life']),
      cpu_architectures: z.array(text).min(1),
      default: z.boolean().optional(),
    }),
  )
  .refine((map) => Object.keys(map).length > 0, 'no version');

export const infraEnv = z.looseObject({
  id: z.guid(),
  name: text,
  type: z.literal('disconnected-iso'),
  cluster_id: z.guid(),
  download_url: z.url(),
  openshift_version: text,
  cpu_architecture: text,
  ssh_authorized_key: z.string().optional(),
});
