import type { Release } from '#domain/release/release.ts';
import { httpFront } from '#emulators/api-gateway/api-gateway.ts';
import { listen } from '#emulators/http/listen.ts';
import type { AccessControl } from '#emulators/iam/access-control.ts';
import { startBackingServices } from './backing-services.ts';
import { fillCatalogue } from './catalogue.ts';
import { type Closing, closingSteps } from './closing.ts';
import { startCompute } from './compute.ts';
import { holdDataFolder } from './data-folder.ts';
import { setEnvironment } from './environment.ts';
import type { LoadedFunction } from './functions.ts';
import { type LocalOptions, templateOf } from './local-options.ts';
import { checkPort } from './port.ts';
import { startSchedules } from './schedules.ts';
import { writeStackFile } from './stack-file.ts';
import { catalogueTarget, createStores, type Stores } from './stores.ts';
import type { Template } from './template/template.ts';
import { routesOf } from './template-routes.ts';

export interface LocalStack extends Stores {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** All known releases, those of earlier runs included. */
  readonly releases: readonly Release[];
  readonly functions: readonly LoadedFunction[];
  /** Of the roles, with whether a call has needed them; none with an emulator. */
  readonly rights: AccessControl['rights'];
  /** Lets running requests and workflows end (some seconds at most), then stops everything. */
  readonly close: () => Promise<void>;
}

interface Undoing {
  readonly closing: Closing;
  /** What is undone besides, and after that, of a start that fails. */
  readonly unstarted: Closing;
}

/** Holds the data folder and finds DynamoDB, S3 and KMS: from then on this process's environment leads to them. */
const openData = async ({ dataDir }: LocalOptions, { closing, unstarted }: Undoing) => {
  const folder = await holdDataFolder(dataDir);
  unstarted.add(folder.discard);
  closing.add(folder.release);
  const backing = await startBackingServices(folder);
  closing.add(backing.close);
  closing.add(setEnvironment(backing.environment));
  const { indexesDropped, permissions } = backing;
  return { folder, indexesDropped, permissions, keys: await backing.keys() };
};

const startFront = (
  template: Template,
  functions: readonly LoadedFunction[],
  { allowedDomains, port }: LocalOptions,
) => {
  const pages = allowedDomains?.split(',').map((page) => page.trim());
  return listen(httpFront({ routes: routesOf(template, functions), pages }), port);
};

const start = async (options: LocalOptions, undoing: Undoing): Promise<Omit<LocalStack, 'close'>> => {
  const { closing } = undoing;
  await checkPort(options.port);
  const { folder, indexesDropped, permissions, keys } = await openData(options, undoing);
  const template = templateOf(options, keys);
  permissions?.learn(template);
  const stores = await createStores(template, { indexesDropped });
  const releases = await fillCatalogue(catalogueTarget(stores, options.dataDir), options);

  const functions = await startCompute({ template, options, permissions }, closing);
  const { endpoint: url, close } = await startFront(template, functions, options);
  closing.add(close);
  closing.add(startSchedules(template, functions, permissions?.access));
  closing.add(await writeStackFile(folder, { url, stores, keyArn: keys.keyArn }));
  return { url, releases, functions, rights: () => permissions?.access.rights() ?? [], ...stores };
};

/**
 * Runs the whole service in this process, from its synthesized template: the same handlers as in AWS, on emulators that
 * they find by AWS_ENDPOINT_URL_* alone. These variables are this process's until the stack is closed, so there can be
 * one stack at a time.
 *
 * @throws StartError with a line for the person who started it
 */
export const startLocal = async (options: LocalOptions): Promise<LocalStack> => {
  const [closing, unstarted] = [closingSteps(), closingSteps()];
  try {
    return { ...(await start(options, { closing, unstarted })), close: closing.close };
  } catch (error) {
    await closing.close();
    await unstarted.close();
    throw error;
  }
};
