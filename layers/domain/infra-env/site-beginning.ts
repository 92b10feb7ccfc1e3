import type { InfraEnv } from './infra-env.ts';

/** How the site of an infra-env begins; undefined where a person enters everything there. */
export const installationOf = ({ type, settings }: Pick<InfraEnv, 'type' | 'settings'>) =>
  type === 'disconnected-iso' ? settings.installation : undefined;

/** Whether the ISO waits for a medium with the settings of its site. */
export const hasSeparateSettings = (infraEnv: Pick<InfraEnv, 'type' | 'settings'>): boolean =>
  installationOf(infraEnv) === 'unattended' && infraEnv.settings.site_settings === 'separate';
