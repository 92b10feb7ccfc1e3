import * as z from 'zod';
import { artifactNames } from '#domain/infra-env/artifact.ts';

/** How the function is called. The state machine's input holds strings only, so its revision is one. */
export const ignitionRequest = z.object({
  infra_env_id: z.guid(),
  revision: z.coerce.number<number | string>().int().min(1),
  /** What to make. */
  file: z.enum(artifactNames).default('discovery.ign'),
});

export type IgnitionRequest = z.output<typeof ignitionRequest>;

/** The other way of calling it: to have NMState documents, one per host, and an Ignition config judged. */
const judgementRequest = z.object({
  static_network_config: z.array(z.object({ network_yaml: z.string() })),
  ignition_config_override: z.string().optional(),
});

export type JudgementRequest = z.output<typeof judgementRequest>;

/** A third: to have read what the administrator of a site needs. */
const adminFilesRequest = z.object({ admin_files_of: z.guid() });

export type AdminFilesRequest = z.output<typeof adminFilesRequest>;

export const functionRequest = z.union([judgementRequest, adminFilesRequest, ignitionRequest]);

/** `superseded`: the infra-env was changed or deleted since the request was made, and nothing is left of the run. */
export type IgnitionAnswer = { readonly key: string; readonly superseded: false } | { readonly superseded: true };
