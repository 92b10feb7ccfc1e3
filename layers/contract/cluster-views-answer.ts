import * as z from 'zod';
import { platformTypes } from '#domain/cluster/cluster-setting-shapes.ts';

/** Nobody registers a host here. */
export const hostsAnswer = z.array(z.never());

export const platformsAnswer = z.array(z.enum(platformTypes)).readonly();

const ofRole = z.object({
  quantitative: z.object({
    cpu_cores: z.int().optional(),
    ram_mib: z.int().optional(),
    disk_size_gb: z.int().optional(),
    installation_disk_speed_threshold_ms: z.int().optional(),
    network_latency_threshold_ms: z.number().optional(),
    packet_loss_percentage: z.number().optional(),
    tpm_enabled_in_bios: z.boolean().optional(),
  }),
  qualitative: z.array(z.string()).readonly().describe('for a person'),
});

const ofRoles = z.object({ master: ofRole, worker: ofRole });

export const preflightAnswer = z
  .object({
    ocp: ofRoles,
    operators: z.array(
      z.object({
        operator_name: z.string(),
        dependencies: z.array(z.string()).readonly(),
        requirements: ofRoles,
      }),
    ),
  })
  .meta({ id: 'PreflightHardwareRequirements' });
