import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import semver from 'semver';
import { reasonOf, StartError } from './start-error.ts';

export const usage = `npm start -- [--port 8090] [--data DIR] [--release VERSION]... [--installer PATH]...

  --port PORT       where to listen on 127.0.0.1 (default 8090, 0 for any free one)
  --data DIR        where data is kept (default .local)
  --release VERSION gets the openshift-install of an exact version, e.g. 4.20.3, from Red Hat's mirror first;
                    may be given several times
  --installer PATH  adds the release of this openshift-install; may be given several times
  --allowed-domains LIST
                    origins of web pages that may call, comma-separated, or *
  --status-names own|published
                    published: answers name the status disconnected unmonitored,
                    for clients that know the published statuses only
  --help            this text

How much each user may have; without them, as much as there is room for:
  --clusters-per-user NUMBER
  --infra-envs-per-user NUMBER
  --compositions-per-user-and-hour NUMBER
                    how many ISOs are composed in an hour

For full and minimal ISOs, whose hosts run an agent:
  --service-base-url URL         the service that the agent reports to
  --agent-image IMAGE            the agent's container image
  --service-ca-certificate PATH  certificates in PEM that vouch for the service

Without any release it adds a sample release, which shows the way and from which nothing can be installed.
OPENSHIFT_INSTALL=PATH adds a release too. With AWS_ENDPOINT_URL set, DynamoDB, S3 and KMS of that emulator are used.`;

export interface Arguments {
  readonly help: boolean;
  readonly port: number;
  /** Absolute paths. */
  readonly dataDir: string;
  readonly installers: readonly string[];
  /** Exact ones. */
  readonly versions: readonly string[];
  /** As they were given. */
  readonly allowedDomains?: string;
  readonly statusNames?: string;
  readonly clustersPerUser?: string;
  readonly infraEnvsPerUser?: string;
  readonly compositionsPerUserAndHour?: string;
  /** What the agent of discovered hosts is given; its certificates are named by an absolute path. */
  readonly serviceBaseUrl?: string;
  readonly agentImage?: string;
  readonly serviceCaCertificate?: string;
}

interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

const options = {
  port: { type: 'string', default: '8090' },
  data: { type: 'string', default: '.local' },
  release: { type: 'string', multiple: true, default: [] as string[] },
  installer: { type: 'string', multiple: true, default: [] as string[] },
  'allowed-domains': { type: 'string' },
  'status-names': { type: 'string' },
  'clusters-per-user': { type: 'string' },
  'infra-envs-per-user': { type: 'string' },
  'compositions-per-user-and-hour': { type: 'string' },
  'service-base-url': { type: 'string' },
  'agent-image': { type: 'string' },
  'service-ca-certificate': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    // Node adds sentences on how to write positional arguments, of which there are none here.
    const [reason = ''] = reasonOf(error).split(/\.\s/);
    throw new StartError(`${reason.replace(/\.?$/, '.')} See --help.`);
  }
};

const portOf = (text: string): number => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new StartError(`--port takes a number from 0 to 65535, not '${text}'`);
  return port;
};

const exactVersion = (text: string): string => {
  if (semver.valid(text) !== text) throw new StartError(`--release takes an exact version like 4.20.3, not '${text}'`);
  return text;
};

type Values = ReturnType<typeof parse>;

/** Settings of a deployment, by the names that they have there; whether they are good is said there too. */
const settingsIn = (values: Values) =>
  Object.fromEntries(
    Object.entries({
      allowedDomains: values['allowed-domains'],
      statusNames: values['status-names'],
      clustersPerUser: values['clusters-per-user'],
      infraEnvsPerUser: values['infra-envs-per-user'],
      compositionsPerUserAndHour: values['compositions-per-user-and-hour'],
      serviceBaseUrl: values['service-base-url'],
      agentImage: values['agent-image'],
    }).filter(([, value]) => value !== undefined),
  );

/**
 * Reads the command line. Paths are meant from where the person stands, which npm passes in INIT_CWD.
 *
 * @throws StartError
 */
export const readArguments = (args: readonly string[], { env, cwd }: Context): Arguments => {
  const values = parse(args);
  const { help, port, data, release, installer, 'service-ca-certificate': certificate } = values;
  const base = env.INIT_CWD ?? cwd;
  const installers = env.OPENSHIFT_INSTALL ? [...installer, env.OPENSHIFT_INSTALL] : installer;
  return {
    help,
    port: portOf(port),
    dataDir: resolve(base, data),
    installers: installers.map((path) => resolve(base, path)),
    versions: release.map(exactVersion),
    ...settingsIn(values),
    ...(certificate === undefined ? {} : { serviceCaCertificate: resolve(base, certificate) }),
  };
};
