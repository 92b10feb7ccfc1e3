import type { InfraEnvSettings } from '../infra-env/infra-env-settings.ts';
import type { IgnitionFile } from './ignition.ts';
import { proxyFiles } from './proxy-environment.ts';
import { timeSourceFiles } from './time-sources.ts';
import { trustAnchorFiles } from './trust-anchor.ts';

/** What the settings need on a host beside what the binary makes of them. */
export const settingFiles = (settings: InfraEnvSettings): IgnitionFile[] => [
  ...proxyFiles(settings),
  ...timeSourceFiles(settings),
  ...trustAnchorFiles(settings),
];
