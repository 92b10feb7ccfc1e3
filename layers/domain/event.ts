import { secondsAfter } from './time.ts';

export const severities = ['info', 'warning', 'error', 'critical'] as const;
type Severity = (typeof severities)[number];

interface CatalogueRow {
  readonly severity: Severity;
  /** `{name}` stands for the property of that name. */
  readonly message: string;
}

/** Every event of this service; names, severities and texts as in the assisted-service API where it has them. */
export const eventCatalogue = {
  cluster_registration_succeeded: { severity: 'info', message: 'Successfully registered cluster' },
  cluster_deregistered: { severity: 'info', message: 'Deregistered cluster' },
  cluster_status_updated: { severity: 'info', message: 'Updated status of the cluster to {cluster_status}' },
  proxy_settings_changed: { severity: 'info', message: 'Proxy settings changed' },
  install_config_applied: { severity: 'info', message: 'Custom install config was applied to the cluster' },
  cluster_credentials_read: { severity: 'info', message: 'Read the credentials of the cluster: {file}' },
  infra_env_registered: { severity: 'info', message: 'Registered infra env' },
  infra_env_without_image_type: {
    severity: 'warning',
    message:
      'No image_type was named, so this is a full-iso, whose hosts need a service to report to: for sites without internet ' +
      'change it to disconnected-iso',
  },
  infra_env_registration_failed: { severity: 'error', message: 'Failed to register infra env. Error: {error}' },
  infra_env_deregistered: { severity: 'info', message: 'Deregistered infra env' },
  ignition_generated: {
    severity: 'info',
    message: 'Generated discovery.ign of revision {revision} with openshift-install {openshift_version}',
  },
  standard_ignition_generated: {
    severity: 'info',
    message: 'Generated discovery.ign of revision {revision} for {image_type}',
  },
  ignition_incomplete: {
    severity: 'warning',
    message: 'discovery.ign of revision {revision} is made without what is still to be filled in: {missing}',
  },
  ignition_doubtful: {
    severity: 'warning',
    message: 'discovery.ign of revision {revision} has settings that may not do on site what is meant: {doubts}',
  },
  ignition_generation_failed: {
    severity: 'error',
    message: 'Failed to generate discovery.ign of revision {revision}. Error: {error}',
  },
  iso_composed: {
    severity: 'info',
    message: 'Composed the ISO of revision {revision} from the base ISO of {openshift_version}',
  },
  iso_composition_postponed: {
    severity: 'warning',
    message: 'The ISO of revision {revision} is not composed yet: {reason}',
  },
  iso_composition_failed: {
    severity: 'error',
    message: 'Failed to compose the ISO of revision {revision}. Error: {error}',
  },
} as const satisfies Record<string, CatalogueRow>;

export type EventName = keyof typeof eventCatalogue;

/** What a person reads in `GET /v2/events`. Kept under its cluster and its infra-env, whichever it names. */
export interface ServiceEvent {
  /** Unique; two events of the same id are one (a repeated write changes nothing). */
  readonly id: string;
  readonly name: EventName;
  readonly severity: Severity;
  readonly message: string;
  /** ISO 8601 with milliseconds, UTC. */
  readonly eventTime: string;
  readonly clusterId?: string;
  readonly infraEnvId?: string;
  readonly requestId?: string;
  readonly expiresAt: number;
}

/** Events are kept for 30 days. */
export const eventSeconds = 30 * 24 * 60 * 60;

interface NewEvent {
  readonly id: string;
  readonly now: Date;
  readonly clusterId?: string | undefined;
  readonly infraEnvId?: string | undefined;
  readonly requestId?: string | undefined;
  /** Values of the placeholders; nothing secret may be among them. */
  readonly properties?: Readonly<Record<string, string | number>>;
}

export const newEvent = (name: EventName, { id, now, properties = {}, ...subject }: NewEvent): ServiceEvent => {
  const { severity, message } = eventCatalogue[name];
  return {
    id,
    name,
    severity,
    message: message.replaceAll(/\{(\w+)\}/g, (_, key: string) => String(properties[key] ?? '')),
    eventTime: now.toISOString(),
    expiresAt: secondsAfter(now, eventSeconds),
    ...(subject.clusterId === undefined ? {} : { clusterId: subject.clusterId }),
    ...(subject.infraEnvId === undefined ? {} : { infraEnvId: subject.infraEnvId }),
    ...(subject.requestId === undefined ? {} : { requestId: subject.requestId }),
  };
};
