import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { dynamoDb, s3 } from '#adapters/aws-clients.ts';
import { releaseStore } from '#adapters/release-store.ts';
import type { Trusted } from '#adapters/token-issuer.ts';
import { synthesizeTemplate } from '#cdk/build-app.ts';
import type { Release } from '#domain/release/release.ts';
import { httpFront } from '#emulators/api-gateway/api-gateway.ts';
import { listen } from '#emulators/http/listen.ts';
import { fromPrograms, onlyFor } from '#emulators/http/welcome.ts';
import type { LocalFunction } from '#emulators/lambda/function.ts';
import { lambdaServer } from '#emulators/lambda/lambda-server.ts';
import { stepFunctions } from '#emulators/step-functions/step-functions.ts';
import { stepFunctionsServer } from '#emulators/step-functions/step-functions-server.ts';
import { startBackingServices } from './backing-services.ts';
import { closingSteps } from './closing.ts';
import { holdDataFolder } from './data-folder.ts';
import { setEnvironment } from './environment.ts';
import { type LoadedFunction, loadFunctions } from './functions.ts';
import { refillIndexes } from './indexes.ts';
import { addInstaller } from './installers.ts';
import { checkPort } from './port.ts';
import { startSchedules } from './schedules.ts';
import { writeStackFile } from './stack-file.ts';
import { machinesOf } from './state-machines.ts';
import { readTemplate, type Template } from './template/template.ts';
import { createBuckets } from './template-buckets.ts';
import { routesOf } from './template-routes.ts';
import { createTables } from './template-tables.ts';

export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'SILENT';

export interface LocalOptions {
  /** Absolute path; made if need be, held by one stack at a time. */
  readonly dataDir: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Absolute paths of `openshift-install` binaries whose releases are added. */
  readonly installers?: readonly string[];
  /** Whose tokens name the callers; without it everyone is `admin`. */
  readonly authentication?: Trusted;
  /** Origins of web pages that may call, comma-separated, or `*`. */
  readonly allowedDomains?: string;
  /** As the settings of a deployment of these names (cdk/deployment-settings.ts). */
  readonly serviceBaseUrl?: string;
  readonly agentImage?: string;
  readonly serviceCaCertificate?: string;
  /** Variables that every function gets in place of its own ones, e.g. INSTALLER_TIMEOUT_SECONDS. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Of the functions' logs on standard output; WARN by default. */
  readonly logLevel?: LogLevel;
}

export interface LocalStack {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** All known releases, those of earlier runs included. */
  readonly releases: readonly Release[];
  readonly functions: readonly LoadedFunction[];
  readonly tableName: string;
  readonly artifactsBucket: string;
  readonly releasesBucket: string;
  /** Lets running requests and workflows end (some seconds at most), then stops everything. */
  readonly close: () => Promise<void>;
}

const synthesize = ({ authentication, ...options }: LocalOptions) => {
  const { allowedDomains, serviceBaseUrl, agentImage, serviceCaCertificate } = options;
  const chosen = Object.entries({ allowedDomains, serviceBaseUrl, agentImage, serviceCaCertificate });
  return synthesizeTemplate(
    Object.fromEntries(chosen.filter(([, value]) => value !== undefined)),
    authentication === undefined ? { kind: 'none' } : { kind: 'jwt', ...authentication },
  );
};

type Closing = ReturnType<typeof closingSteps>;

const idleMilliseconds = 5_000;

const atMost = (milliseconds: number, promise: Promise<void>): Promise<void> => {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

/** Step Functions and Lambda, which run this project's own handlers; their environment is set for this process. */
const startCompute = async (
  template: Template,
  { environment = {}, dataDir, logLevel = 'WARN' }: LocalOptions,
  closing: Closing,
) => {
  const byName = new Map<string, LocalFunction>();
  const lambda = await listen(onlyFor(fromPrograms, lambdaServer(byName)));
  closing.add(lambda.close);
  closing.add(setEnvironment({ AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint, POWERTOOLS_METRICS_DISABLED: 'true' }));

  const service = stepFunctions(machinesOf(template), {
    dynamoDb: new DynamoDBClient({}),
    lambda: new LambdaClient({}),
    s3: s3(),
  });
  const workflows = await listen(onlyFor(fromPrograms, stepFunctionsServer(service)));
  closing.add(workflows.close);
  closing.add(() => atMost(idleMilliseconds, service.idle()));
  closing.add(setEnvironment({ AWS_ENDPOINT_URL_SFN: workflows.endpoint }));

  const functions = await loadFunctions(template, {
    environment: {
      INSTALLER_CACHE_DIR: `${dataDir}/installers`,
      WORKSPACE_DIR: `${dataDir}/workspaces`,
      POWERTOOLS_LOG_LEVEL: logLevel,
      ...environment,
    },
  });
  for (const loaded of functions) byName.set(loaded.name, loaded);
  return functions;
};

const addReleases = async (
  installers: readonly string[],
  tableName: string,
  bucket: string,
): Promise<readonly Release[]> => {
  const releases = releaseStore({ client: dynamoDb(), tableName });
  const target = { s3: s3(), bucket, releases, clock: () => new Date() };
  for (const path of installers) await addInstaller(target, path);
  return releases.all();
};

const start = async (options: LocalOptions, closing: Closing): Promise<Omit<LocalStack, 'close'>> => {
  await checkPort(options.port);
  const folder = await holdDataFolder(options.dataDir);
  closing.add(folder.release);
  const backing = await startBackingServices(folder);
  closing.add(backing.close);
  closing.add(setEnvironment(backing.environment));

  const keys = await backing.keys();
  const template = readTemplate(synthesize(options), keys);
  const [tableName, releasesBucket] = [template.output('TableName'), template.output('ReleasesBucket')];
  const database = new DynamoDBClient({});
  await createTables(database, template.ofType('AWS::DynamoDB::Table'));
  if (backing.indexesDropped) await refillIndexes(database, tableName);
  await createBuckets(s3(), template.ofType('AWS::S3::Bucket'));
  const releases = await addReleases(options.installers ?? [], tableName, releasesBucket);

  const functions = await startCompute(template, options, closing);
  const routes = routesOf(template, functions);
  const pages = options.allowedDomains?.split(',').map((page) => page.trim());
  const front = await listen(httpFront({ routes, pages }), options.port);
  closing.add(front.close);
  closing.add(startSchedules(template, functions));
  const artifactsBucket = template.output('ArtifactsBucket');
  const outputs = {
    ApiUrl: front.endpoint,
    TableName: tableName,
    ArtifactsBucket: artifactsBucket,
    ReleasesBucket: releasesBucket,
  };
  closing.add(await writeStackFile(folder, { keyArn: keys.keyArn, outputs }));
  return { url: front.endpoint, releases, functions, tableName, artifactsBucket, releasesBucket };
};

/**
 * Runs the whole service in this process, from its synthesized template: the same handlers as in AWS, on stand-ins that
 * they find by AWS_ENDPOINT_URL_* alone. These variables are this process's until the stack is closed, so there can be
 * one stack at a time.
 *
 * @throws StartError with a line for the person who started it
 */
export const startLocal = async (options: LocalOptions): Promise<LocalStack> => {
  const closing = closingSteps();
  try {
    return { ...(await start(options, closing)), close: closing.close };
  } catch (error) {
    await closing.close();
    throw error;
  }
};
