import type * as z from 'zod';
import {
  type ClusterSettingKey,
  clusterSettingKeys,
  clusterSettingTable,
  type ShownSchemas,
  type StoredValues,
} from './cluster-setting-table.ts';

interface Subject {
  readonly id: string;
  readonly settings: Partial<StoredValues>;
}

type ShownSettings = { [Key in keyof ShownSchemas]: z.input<ShownSchemas[Key]> };

const shownKeys = clusterSettingKeys.filter((key) => clusterSettingTable[key].answer !== undefined);

/** The shape of each setting in an answer. */
export const shownClusterShape = Object.fromEntries(
  shownKeys.map((key) => [key, clusterSettingTable[key].answer?.schema]),
) as ShownSchemas;

const shown = <Key extends ClusterSettingKey>(key: Key, { id, settings }: Subject): unknown =>
  clusterSettingTable[key].answer?.show(settings[key], id);

/** What an answer shows of the settings. */
export const shownClusterSettings = (cluster: Subject): ShownSettings =>
  Object.fromEntries(shownKeys.map((key) => [key, shown(key, cluster)])) as ShownSettings;
