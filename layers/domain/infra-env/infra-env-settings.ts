import * as z from 'zod';
import { cpuArchitectures } from '../architecture.ts';
import { uuidOrEmpty } from '../values/uuid.ts';
import { imageTypes } from './image-type.ts';
import { text } from './setting-shapes.ts';
import {
  type AskedSettings,
  type SettingKey,
  type StoredSettings,
  settingKeys,
  settingTable,
} from './setting-table.ts';

/** The assisted-service API knows no limit for a name; this is one of a DNS name. */
const name = z.string().min(1).max(253);
// An empty text stands for an absent one.
const imageType = z.enum(['', ...imageTypes]);
const pullSecret = 'the pull secret as JSON text; it is encrypted at once and never answered';

type Asked = { [Key in SettingKey]: z.ZodOptional<z.ZodNullable<z.ZodType<AskedSettings[Key]>>> };
const asked = Object.fromEntries(
  settingKeys.map((key) => [key, z.nullish(settingTable[key].asked).describe(settingTable[key].description)]),
) as Asked;

/**
 * The body of `PATCH /v2/infra-envs/{id}` (assisted-service API). null counts as absent, as in Go's JSON. Shape only: what a
 * value means is judged by the rules.
 */
export const infraEnvUpdateParams = z
  .strictObject({
    pull_secret: text.nullish().describe(pullSecret),
    image_type: imageType.nullish().describe('at first full-iso'),
    openshift_version: text
      .nullish()
      .describe("of the ISO, the newest if empty; of an infra-env with a cluster always the cluster's"),
    ...asked,
  })
  .meta({ id: 'InfraEnvUpdateParams' });
export type InfraEnvUpdateParams = z.infer<typeof infraEnvUpdateParams>;

/** The body of `POST /v2/infra-envs`. */
export const infraEnvCreateParams = infraEnvUpdateParams
  .extend({
    name: name.describe('need not be unique'),
    pull_secret: text.describe(pullSecret),
    cluster_id: uuidOrEmpty.nullish().describe('the cluster that it is for; a disconnected-iso needs one'),
    cpu_architecture: z
      .enum(['', ...cpuArchitectures])
      .nullish()
      .describe("of the hosts; without one the cluster's, or x86_64, or what the version is there for"),
  })
  .meta({ id: 'InfraEnvCreateParams' });
export type InfraEnvCreateParams = z.infer<typeof infraEnvCreateParams>;

type Stored = { [Key in SettingKey]: z.ZodExactOptional<z.ZodType<StoredSettings[Key]>> };
const stored = Object.fromEntries(
  settingKeys.map((key) => [key, z.exactOptional<z.ZodType>(settingTable[key].stored)]),
) as Stored;

/** The settings of an infra-env as they are stored: checked, and absent when unset. */
export const infraEnvSettings = z.strictObject(stored);
export type InfraEnvSettings = Partial<StoredSettings>;
