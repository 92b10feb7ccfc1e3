import type { Postponement, QuotaSubject } from './quota.ts';

/**
 * Every way in which a request or a workflow can fail: the one table of names, HTTP statuses and texts.
 * The state machines use the same names; a test proves it in both directions.
 */
interface ErrorRow {
  readonly status: number;
  /** Whether the same call may succeed later without a change by the caller. */
  readonly retryable: boolean;
  readonly message: (detail: never) => string;
}

interface Named {
  readonly id: string;
}

interface Added {
  readonly version: string;
  /** Of the release, as its operators name it: one CPU's, or `multi`. */
  readonly architecture: string;
}

const kibibytes = (bytes: number): string => `${Math.ceil(bytes / 1024)} KiB`;

const usualArchitecture = 'x86_64';

/** What puts a release's installer back into the bucket. */
const addCommand = ({ version, architecture }: Added): string =>
  `npx ove release add ${version}${architecture === usualArchitecture ? '' : ` --arch ${architecture}`}`;

const rows = {
  InvalidInput: { status: 400, retryable: false, message: (d: { reason: string }) => d.reason },
  ClusterRequired: {
    status: 400,
    retryable: false,
    message: () =>
      'cluster_id is required for image_type disconnected-iso: the OpenShift version of the ISO is the version of its cluster',
  },
  HostsNotSupported: {
    status: 400,
    retryable: false,
    message: () => 'Cannot register a host to an InfraEnv with disconnected-iso type',
  },
  InstallerRefused: {
    status: 400,
    retryable: false,
    message: (d: { reason: string }) => `openshift-install refused the settings of the infra-env: ${d.reason}`,
  },
  IgnitionTooLarge: {
    status: 400,
    retryable: false,
    message: (d: { packed: number; limit: number; biggest: readonly { name: string; packed: number }[] }) =>
      `The ignition archive size (${kibibytes(d.packed)}) is over the maximum allowable size (${kibibytes(d.limit)})` +
      (d.biggest.length === 0
        ? ''
        : `. What takes most: ${d.biggest.map(({ name, packed }) => `${name} (${kibibytes(packed)})`).join(', ')}`),
  },
  KernelArgumentsTooLong: {
    status: 400,
    retryable: false,
    message: (d: { length: number; limit: number }) =>
      `the kernel arguments take ${d.length} bytes with those of the ISO, which has room for ${d.limit}: shorten kernel_arguments`,
  },
  KernelArgumentsNotPossible: {
    status: 400,
    retryable: false,
    message: (d: { volumeId: string }) =>
      `the ISO ${d.volumeId} has no place for kernel arguments: remove kernel_arguments from the infra-env`,
  },
  NotAuthenticated: { status: 401, retryable: false, message: () => 'unauthenticated for invalid credentials' },
  ImageTokenOfAnother: {
    status: 403,
    retryable: false,
    message: (d: { own: string; asked: string }) =>
      `Token for infraEnv ID ${d.own}, is unauthorized to access infraEnv ID ${d.asked}`,
  },
  QuotaReached: {
    status: 403,
    retryable: false,
    message: (d: { subject: QuotaSubject; limit: number }) =>
      `you have ${d.limit} ${d.subject}s, and nobody may have more here: delete some of them, or ask an operator for a ` +
      'larger quota',
  },
  NotFound: { status: 404, retryable: false, message: () => 'record not found' },
  NotInCatalogue: {
    status: 404,
    retryable: false,
    message: (d: { kind: 'operator' | 'bundle'; name: string }) => `${d.kind} '${d.name}' is not supported`,
  },
  ImageNotFound: {
    status: 404,
    retryable: false,
    message: () =>
      'the infra-env has no image of this version, architecture and file name, or none any more: read its download_url again',
  },
  ObjectNotFound: { status: 404, retryable: false, message: () => 'Object Not Found' },
  ClusterNotFound: {
    status: 404,
    retryable: false,
    message: (d: Named) => `Failed to get cluster ${d.id}: record not found`,
  },
  ClusterDoesNotExist: {
    status: 404,
    retryable: false,
    message: (d: Named) => `Cluster ID ${d.id} does not exist`,
  },
  ManifestNotFound: {
    status: 404,
    retryable: false,
    message: (d: Named & { path: string }) => `Cluster manifest ${d.path} doesn't exist in cluster ${d.id}`,
  },
  AnswerTooLarge: {
    status: 406,
    retryable: false,
    message: (d: { megabytes: number; isCompressed?: boolean }) =>
      `the answer takes ${Math.ceil(d.megabytes)} MiB` +
      (d.isCompressed
        ? ', too much even compressed: ask for less, as for the infra-envs of one cluster (cluster_id), or for one record'
        : ': ask for it with Accept-Encoding: gzip (curl --compressed)'),
  },
  ClusterNotUpdatable: {
    status: 409,
    retryable: false,
    message: (d: Named & { status: string; updatable: readonly string[] }) =>
      `Cluster ${d.id} is in ${d.status} state, cluster can be updated only in one of [${d.updatable.join(' ')}]`,
  },
  ClusterGone: {
    status: 409,
    retryable: false,
    message: (d: Named) =>
      `Cluster ${d.id} of this infra-env is gone: delete the infra-env and register it again for another cluster`,
  },
  IllegalTransition: {
    status: 409,
    retryable: false,
    message: (d: Named & { status: string; to: string }) =>
      `Cluster ${d.id} is in ${d.status} state and cannot become ${d.to}`,
  },
  RegistrationExpired: {
    status: 409,
    retryable: true,
    message: (d: Named) => `The registration of infra-env ${d.id} expired before it was completed: register it again`,
  },
  MediaBeingPrepared: {
    status: 409,
    retryable: true,
    message: (d: Named) =>
      `The files of infra-env ${d.id} are being prepared: change its image_type once that has ended`,
  },
  StaleVersion: {
    status: 409,
    retryable: true,
    message: (d: Named) => `${d.id} was changed by another request at the same time: try again`,
  },
  InstallerMissing: {
    status: 409,
    retryable: false,
    message: (d: Added) =>
      `openshift-install ${d.version} for ${d.architecture} is not in the installer cache: ` +
      `an operator has to add it with \`${addCommand(d)}\``,
  },
  InstallerMismatch: {
    status: 409,
    retryable: false,
    message: (d: { version: string; printed: string }) =>
      `the cached installer of release ${d.version} is of version ${d.printed}: an operator has to put the right one there ` +
      `with \`npx ove release remove ${d.version} --force\`, then \`npx ove release add ${d.version}\``,
  },
  InstallerUnfit: {
    status: 409,
    retryable: false,
    message: (d: { version: string; reason: string }) => `openshift-install ${d.version} cannot be used: ${d.reason}`,
  },
  AgentNotConfigured: {
    status: 409,
    retryable: false,
    message: (d: { type: string }) =>
      `discovery.ign for ${d.type} needs a service that hosts report to: an operator has to name it by serviceBaseUrl ` +
      '(npm start -- --service-base-url URL)',
  },
  CredentialsMissing: {
    status: 409,
    retryable: true,
    message: (d: Named) =>
      `Cluster ${d.id} has no credentials: they are made with the ISO of an infra-env whose installation is unattended`,
  },
  SiteNotSeparable: {
    status: 409,
    retryable: false,
    message: (d: { version: string; reason: string }) =>
      `an ISO of release ${d.version} takes no settings from a separate medium: ${d.reason}`,
  },
  BaseIsoMissing: {
    status: 409,
    retryable: false,
    message: (d: { version: string }) =>
      `release ${d.version} has no base ISO: an operator has to add it with \`npx ove release add-iso ${d.version}\``,
  },
  BaseIsoChanged: {
    status: 409,
    retryable: true,
    message: (d: { version: string }) =>
      `the base ISO of release ${d.version} is not the one that was added: if an operator is replacing it, ask again ` +
      `later; else it has to be added again with \`npx ove release add-iso ${d.version}\``,
  },
  CompositionPostponed: {
    status: 429,
    retryable: true,
    message: (d: Postponement & { retryAfterSeconds?: number }) =>
      `${d.limit} ISOs have been composed for you in this hour, and nobody gets more in one: ask again after ${d.until}, ` +
      'or ask an operator for a larger quota',
  },
  IsoFailed: {
    status: 500,
    retryable: true,
    message: (d: { reason: string }) => `the ISO could not be composed: ${d.reason}`,
  },
  InstallerCorrupt: {
    status: 500,
    retryable: false,
    message: (d: Added) =>
      `the stored installer of release ${d.version} for ${d.architecture} is damaged: ` +
      `an operator has to add it again with \`${addCommand(d)}\``,
  },
  InstallerCacheFull: {
    status: 500,
    retryable: true,
    message: (d: { version: string; megabytes: number }) =>
      `the installer of release ${d.version} (${d.megabytes} MB) has no room in the installer cache: an operator has to ` +
      'give the ignition function a larger one',
  },
  RecordOfLaterVersion: {
    status: 500,
    retryable: false,
    message: () =>
      'a record was written by a later version of the service: an operator has to bring that version back, or what was backed up ' +
      'before it',
  },
  InternalError: { status: 500, retryable: true, message: () => 'Internal server error' },
  NetworkProgramMissing: {
    status: 501,
    retryable: false,
    message: () =>
      'static_network_config needs nmstatectl, which is not in the PATH of the service. Install the package nmstate ' +
      '(`dnf install nmstate`; elsewhere take nmstatectl from https://github.com/nmstate/nmstate/releases or run ' +
      '`cargo install nmstatectl`) and start the service again',
  },
  NotImplemented: { status: 501, retryable: false, message: (d: { reason: string }) => d.reason },
  IsoPending: {
    status: 503,
    retryable: true,
    message: (d: { done: number; parts: number } | { parts?: never }) =>
      d.parts === undefined
        ? 'the ISO is being composed: ask again in a few seconds'
        : `the ISO is being composed, ${d.done} of ${d.parts} parts are there: ask again in a few seconds`,
  },
  IgnitionFunctionNotReady: {
    status: 503,
    retryable: true,
    message: (_: { retryAfterSeconds: number }) =>
      'the function that makes ignitions and checks settings is not ready, so nothing was changed: after weeks without a ' +
      'request it takes up to two minutes. Ask again in half a minute',
  },
  SettingsCheckUnavailable: {
    status: 503,
    retryable: true,
    message: (d: { settings: string; goesOn?: boolean }) =>
      `${d.settings} could not be checked, so nothing was changed: try again` +
      (d.goesOn ? '. The check goes on meanwhile, and the next try does not begin from nothing' : ''),
  },
  StorageUnavailable: {
    status: 503,
    retryable: true,
    message: () =>
      'the service cannot read or store anything at the moment: try again later. Under `npm start` the disk of the data ' +
      'folder may be full',
  },
  TransitionPending: {
    status: 503,
    retryable: true,
    message: (d: Named) =>
      `The infra-env is changed, and its cluster ${d.id} is still becoming disconnected: send the same request again`,
  },
  ServiceBusy: {
    status: 503,
    retryable: true,
    message: () => 'the service is too busy to finish this in time, so nothing was changed: try again',
  },
  InstallerTimeout: {
    status: 504,
    retryable: true,
    message: (d: { seconds: number }) => `openshift-install did not finish within ${d.seconds} seconds: try again`,
  },
  GenerationPending: {
    status: 504,
    retryable: true,
    message: () => 'the file is still being generated: ask again in a few seconds',
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorName = keyof typeof rows;
type Detail<Name extends ErrorName> = Parameters<(typeof rows)[Name]['message']>;

/** What the caller waits for is being made: nothing has failed, though HTTP has none but statuses of failure for that. */
const awaited: readonly ErrorName[] = ['IsoPending', 'GenerationPending'];

/** How much of what the caller waits for is there. */
interface Progress {
  readonly done: number;
  readonly parts: number;
}

const isProgress = (detail: unknown): detail is Progress =>
  typeof detail === 'object' && detail !== null && 'done' in detail && 'parts' in detail;

/** What an answer says of a failure besides its text. */
interface Particulars {
  readonly progress?: Progress;
  /** When the same may be asked for again, where that is known. */
  readonly retryAfterSeconds?: number;
}

const isTimed = (detail: unknown): detail is { readonly retryAfterSeconds: number } =>
  typeof detail === 'object' && detail !== null && Object.hasOwn(detail, 'retryAfterSeconds');

const particularsOf = (detail: unknown): Particulars => ({
  ...(isProgress(detail) ? { progress: detail } : {}),
  ...(isTimed(detail) ? { retryAfterSeconds: detail.retryAfterSeconds } : {}),
});

/** An expected failure, named in the table of errors. Its message is for a person and holds nothing secret. */
export class ServiceError extends Error {
  override readonly name: ErrorName;
  readonly progress: Progress | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(name: ErrorName, message: string, { progress, retryAfterSeconds }: Particulars = {}) {
    super(message);
    this.name = name;
    this.progress = progress;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get status(): number {
    return rows[this.name].status;
  }

  get retryable(): boolean {
    return rows[this.name].retryable;
  }

  /** Whether what the caller asks for is being made. */
  get isAwaited(): boolean {
    return awaited.includes(this.name);
  }

  /** Whether the service itself has failed, not its caller. */
  get isFault(): boolean {
    return this.status >= 500 && !this.isAwaited;
  }
}

/** Builds the named failure; the details that its text needs are checked by the compiler. */
export const failure = <Name extends ErrorName>(name: Name, ...detail: Detail<Name>): ServiceError => {
  const message = rows[name].message as (...d: Detail<Name>) => string;
  const [subject] = detail;
  return new ServiceError(name, message(...detail), particularsOf(subject));
};

/** A 400 with the reason as its text; the commonest failure. */
export const invalid = (reason: string): ServiceError => failure('InvalidInput', { reason });

export const isErrorName = (name: string): name is ErrorName => Object.hasOwn(rows, name);

export const errorNames = Object.keys(rows).filter(isErrorName);

export const isFailure = (error: unknown, name: ErrorName): error is ServiceError =>
  error instanceof ServiceError && error.name === name;
