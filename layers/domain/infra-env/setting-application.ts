import type { ImageType } from './image-type.ts';
import type { InfraEnvSettings } from './infra-env-settings.ts';
import type { SettingCall } from './setting-row.ts';
import { type AskedSettings, type SettingKey, settingKeys, settingTable } from './setting-table.ts';

/** What a call asks of the settings of an infra-env that will be of this type. */
export interface AskedChanges {
  readonly call: SettingCall;
  readonly type: ImageType;
  readonly params: { readonly [Key in SettingKey]?: AskedSettings[Key] | null | undefined };
}

const without = (settings: InfraEnvSettings, key: SettingKey): InfraEnvSettings =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => name !== key));

/** Absent keeps, an empty value clears, any other is checked and takes the place of what is there. */
const changed = <Key extends SettingKey>(settings: InfraEnvSettings, key: Key, { call, params }: AskedChanges) => {
  const asked = params[key];
  if (asked === undefined || asked === null) return settings;
  const value = settingTable[key].change(asked, { before: settings[key], call });
  return value === undefined ? without(settings, key) : { ...settings, [key]: value };
};

const judged = (settings: InfraEnvSettings, key: SettingKey, changes: AskedChanges): InfraEnvSettings => {
  const { imageTypes, judge } = settingTable[key];
  const kept = imageTypes.includes(changes.type) ? settings : without(settings, key);
  const result = changed(kept, key, changes);
  judge(result, changes.type);
  return result;
};

/**
 * Applies what a call asks of the settings, in the order in which its refusals take precedence. A registration is a change
 * of no settings.
 *
 * @param isMeant by a setting's precedence, whether it is changed now
 * @throws InvalidInput
 */
export const changedSettings = (
  settings: InfraEnvSettings,
  changes: AskedChanges,
  isMeant: (precedence: number) => boolean = () => true,
): InfraEnvSettings => {
  const precedenceOf = (key: SettingKey): number => settingTable[key].precedence[changes.call];
  return settingKeys
    .filter((key) => isMeant(precedenceOf(key)))
    .toSorted((a, b) => precedenceOf(a) - precedenceOf(b))
    .reduce((current, key) => judged(current, key, changes), settings);
};
