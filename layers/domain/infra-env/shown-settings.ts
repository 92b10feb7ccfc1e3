import type * as z from 'zod';
import type { InfraEnvSettings } from './infra-env-settings.ts';
import { type SettingKey, type ShownSettings, settingKeys, settingTable } from './setting-table.ts';

type Shown = { [Key in SettingKey]: z.ZodType<unknown, ShownSettings[Key]> };

/** The shape of each setting in an answer. */
export const shownShape = Object.fromEntries(settingKeys.map((key) => [key, settingTable[key].answer.schema])) as Shown;

const shown = <Key extends SettingKey>(key: Key, settings: InfraEnvSettings): ShownSettings[Key] =>
  settingTable[key].answer.show(settings[key]);

/** What an answer shows of the settings. */
export const shownSettings = (settings: InfraEnvSettings): ShownSettings =>
  Object.fromEntries(settingKeys.map((key) => [key, shown(key, settings)])) as ShownSettings;
