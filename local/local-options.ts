import type { Trusted } from '#adapters/token-issuer.ts';
import { synthesizeTemplate } from '#cdk/build-app.ts';
import { UnusableSettings } from '#cdk/deployment-settings.ts';
import type { Catalogue } from './catalogue.ts';
import { StartError } from './start-error.ts';
import type { Given } from './template/names.ts';
import { readTemplate, type Template } from './template/template.ts';

export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'SILENT';

export interface LocalOptions extends Catalogue {
  /** Absolute path; made if need be, held by one stack at a time. */
  readonly dataDir: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Whose tokens name the callers; without it everyone is `admin`. */
  readonly authentication?: Trusted;
  /** Origins of web pages that may call, comma-separated, or `*`. */
  readonly allowedDomains?: string;
  /** As the settings of a deployment of these names (cdk/deployment-settings.ts). */
  readonly statusNames?: string;
  readonly clustersPerUser?: string;
  readonly infraEnvsPerUser?: string;
  readonly compositionsPerUserAndHour?: string;
  readonly serviceBaseUrl?: string;
  readonly agentImage?: string;
  readonly serviceCaCertificate?: string;
  /** Variables that every function gets in place of its own ones, e.g. INSTALLER_TIMEOUT_SECONDS. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Of the functions' logs on standard output; WARN by default. */
  readonly logLevel?: LogLevel;
}

/** Its one user is whoever has started it, on a disk of their own. */
const withoutQuotas = { clustersPerUser: '0', infraEnvsPerUser: '0', compositionsPerUserAndHour: '0' };

/** E.g. `--status-names` for statusNames. */
const optionOf = (setting: string): string =>
  `--${setting.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const synthesized = (...of: Parameters<typeof synthesizeTemplate>) => {
  try {
    return synthesizeTemplate(...of);
  } catch (error) {
    if (!(error instanceof UnusableSettings)) throw error;
    throw new StartError(error.faults.map(({ setting, reason }) => `${optionOf(setting)}: ${reason}`).join('; '));
  }
};

/**
 * The template that a deployment with these options would have.
 *
 * @throws StartError that names the option which is not usable
 */
export const templateOf = ({ authentication, ...options }: LocalOptions, given: Given): Template => {
  const { allowedDomains, statusNames, serviceBaseUrl, agentImage, serviceCaCertificate } = options;
  const { clustersPerUser, infraEnvsPerUser, compositionsPerUserAndHour } = { ...withoutQuotas, ...options };
  const quotas = { clustersPerUser, infraEnvsPerUser, compositionsPerUserAndHour };
  const agent = { serviceBaseUrl, agentImage, serviceCaCertificate };
  const chosen = Object.entries({ allowedDomains, statusNames, ...quotas, ...agent });
  const template = synthesized(
    Object.fromEntries(chosen.filter(([, value]) => value !== undefined)),
    authentication === undefined ? { kind: 'none' } : { kind: 'jwt', ...authentication },
  );
  return readTemplate(template, given);
};
