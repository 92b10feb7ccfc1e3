import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { CommandFailure } from '#adapters/command-failure.ts';
import { parseJson } from '#domain/values/json.ts';
import { Refused } from '../api/api-request.ts';
import { deleteSite, knownSites } from '../site/known-sites.ts';
import type { InfraEnvRecord, SiteApi } from '../site/site-api.ts';
import { composedStart } from './composed-start.ts';
import type { Step } from './step.ts';

export interface Walk {
  readonly step: Step;
  /** As the caller; `stranger` without anything that shows who asks, `forger` with a token that nobody issued. */
  readonly as: Readonly<Record<'caller' | 'stranger' | 'forger', SiteApi>>;
  /** As the caller, and not stopped with the rest. */
  readonly cleaner: SiteApi;
  /** Whether the API may take everybody for the same user, as `npm start` does. */
  readonly mayBeOpen: boolean;
  /** Undefined: the newest. */
  readonly version: string | undefined;
  /** What an operator types when there is no release. */
  readonly addRelease: string;
}

const refusals = [401, 403];

const isRefused = async (api: SiteApi): Promise<boolean> => {
  try {
    await api.clusters();
    return false;
  } catch (error) {
    if (error instanceof Refused && refusals.includes(error.status)) return true;
    throw error;
  }
};

const refusesStrangers = async ({ as, mayBeOpen }: Walk): Promise<string> => {
  const refused = [await isRefused(as.stranger), await isRefused(as.forger)];
  if (refused.every((each) => each)) return 'no token, and one that nobody issued';
  if (mayBeOpen && !refused.includes(true)) return 'left out: everybody is the same user here';
  throw new CommandFailure('the API answers whom it does not know');
};

const chosenVersion = async ({ as, version, addRelease }: Walk): Promise<string> => {
  const known = Object.entries(await as.caller.versions());
  const newest = known.find(([, { default: isDefault }]) => isDefault === true)?.[0] ?? known[0]?.[0];
  const chosen = version === undefined ? newest : known.find(([name]) => name === version)?.[0];
  if (chosen !== undefined) return chosen;
  throw new CommandFailure(`${version === undefined ? 'there is none' : `${version} is not there`}: ${addRelease}`);
};

/** It opens nothing: the site is never installed. */
const pullSecret = '{"auths":{"registry.invalid":{"auth":"c21va2U6c21va2U="}}}';

const disconnectedNames = ['disconnected', 'unmonitored'];

const register = async (api: SiteApi, name: string, version: string): Promise<InfraEnvRecord> => {
  const cluster = await api.registerCluster({ name, openshift_version: version, pull_secret: pullSecret });
  const infraEnv = await api.registerInfraEnv({
    name,
    cluster_id: cluster.id,
    image_type: 'disconnected-iso',
    pull_secret: pullSecret,
  });
  const { status } = await api.cluster(cluster.id);
  if (disconnectedNames.includes(String(status))) return infraEnv;
  throw new CommandFailure(`the cluster is ${status}, not disconnected`);
};

/** The first generation fetches the release's installer, and may outlive some requests for its result. */
const ignitionTries = 20;
const busy = [503, 504];

const ignitionOf = async (api: SiteApi, id: string, tries = ignitionTries): Promise<Buffer> => {
  try {
    return await api.ignition(id);
  } catch (error) {
    if (tries === 1 || !(error instanceof Refused) || !busy.includes(error.status)) throw error;
    await setTimeout(2_000, undefined, { signal: api.signal });
    return ignitionOf(api, id, tries - 1);
  }
};

const ignitionFound = async (api: SiteApi, id: string): Promise<string> => {
  const bytes = await ignitionOf(api, id);
  const ignition = parseJson(bytes.toString('utf8'));
  if (typeof ignition !== 'object' || ignition === null || !('ignition' in ignition)) {
    throw new CommandFailure('what was downloaded is not an ignition');
  }
  return `${bytes.length} bytes downloaded`;
};

const isGone = async (api: SiteApi, infraEnv: InfraEnvRecord | undefined): Promise<boolean> => {
  if (infraEnv === undefined) return true;
  return api.infraEnv(infraEnv.id).then(
    () => false,
    (error) => error instanceof Refused && error.status === 404,
  );
};

// By its name: a registration whose answer was lost has happened all the same.
const remove = async (api: SiteApi, name: string): Promise<string> => {
  const known = (await knownSites(api))(name);
  if (known === undefined) return 'nothing was made';
  await deleteSite(api, known);
  if (!(await isGone(api, known.infraEnv))) throw new CommandFailure('what was deleted is still there');
  return 'cluster and infra-env are gone';
};

const said = async (found: Promise<string>) => ({ found: await found, value: undefined });

/**
 * Walks through the service step by step. What it makes is deleted in any case.
 *
 * @throws CommandFailure that names the first step that failed, or the deletion
 */
export const walkThrough = async (walk: Walk): Promise<void> => {
  const { step, as, cleaner } = walk;
  const api = as.caller;
  const name = `smoke-${randomBytes(4).toString('hex')}`;
  await step('health', async () => said(api.health().then(({ status }) => status)));
  await step('strangers are refused', () => said(refusesStrangers(walk)));
  await step('the caller is accepted', async () => said(api.clusters().then(({ length }) => `${length} clusters`)));
  const version = await step('release', async () => {
    const value = await chosenVersion(walk);
    return { found: value, value };
  });
  try {
    const infraEnv = await step('registration', async () => {
      const value = await register(api, name, version);
      return { found: `${name}, infra-env ${value.id}`, value };
    });
    await step('ignition', () => said(ignitionFound(api, infraEnv.id)));
    await step('ISO', () => said(composedStart(api, infraEnv)));
  } finally {
    await step('deletion', () => said(remove(cleaner, name)));
  }
};
