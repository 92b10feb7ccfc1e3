import { failure, type ServiceError } from '#domain/errors.ts';
import type { NetworkRuns } from '#domain/ignition/examination/arrivals.ts';
import { profileOf } from '#domain/ignition/examination/findings.ts';
import {
  harmlessHost,
  harmlessPullSecret,
  harmlessSettings,
  harmlessSubject,
  probedSettings,
  settingsLike,
} from '#domain/ignition/examination/harmless.ts';
import { type Ignition, parseIgnition } from '#domain/ignition/ignition.ts';
import type { Installer, InstallerProgram, Workspaces } from '#domain/ignition/ignition-ports.ts';
import { inputFiles } from '#domain/ignition/input-manifests.ts';
import { diagnosisOf, refusalOf } from '#domain/ignition/refusal.ts';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import type { InstallerProfile, NetworkProfile } from '#domain/release/installer-profile.ts';

interface Examination {
  readonly program: InstallerProgram;
  readonly workspaces: Workspaces;
  readonly installer: Installer;
  /** Milliseconds that are left for each run. */
  readonly leftMs: () => number;
}

interface Asked extends Examination {
  readonly version: string;
  readonly flags: readonly string[];
}

type Outcome =
  | { readonly ignition: Ignition }
  | { readonly ignition?: never; readonly refusal: ServiceError; readonly words: string };

/** Like Promise.all, but nothing goes on when it settles: whoever is told of a failure removes the folders at once. */
const allEnded = async <const Runs extends readonly Promise<unknown>[]>(
  runs: Runs,
): Promise<{ -readonly [Index in keyof Runs]: Awaited<Runs[Index]> }> => {
  await Promise.allSettled(runs);
  return Promise.all(runs);
};

const readIgnition = ({ version }: Asked, text: string | undefined): Ignition => {
  try {
    return parseIgnition(text ?? '');
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read';
    throw failure('InstallerUnfit', { version, reason: `what it makes is of no use: ${reason}` });
  }
};

const runWith = async (asked: Asked, settings: InfraEnvSettings, networks?: NetworkProfile): Promise<Outcome> => {
  const workspace = await asked.workspaces.open();
  try {
    const infraEnv = { ...harmlessSubject, settings };
    await workspace.write(inputFiles({ infraEnv, pullSecret: harmlessPullSecret, networks }));
    const timeoutMs = asked.leftMs();
    const run = await asked.program.createUnconfiguredIgnition({
      installer: asked.installer,
      workspaceDir: workspace.dir,
      interactive: asked.flags.includes('--interactive'),
      timeoutMs,
    });
    if (run.timedOut) throw failure('InstallerTimeout', { seconds: Math.ceil(timeoutMs / 1000) });
    const refusal = refusalOf(run);
    // The inputs are harmless, so the binary's own words may be repeated.
    if (refusal !== undefined) return { refusal, words: diagnosisOf(`${run.stderr}\n`) };
    return { ignition: readIgnition(asked, await workspace.read('unconfigured-agent.ign')) };
  } finally {
    await workspace.dispose();
  }
};

const without = (refused: readonly string[]): InfraEnvSettings =>
  Object.fromEntries(Object.entries(harmlessSettings).filter(([key]) => !refused.includes(key)));

/** Each alone: where a run with all of them is refused, this shows which of them it is. */
const refusedSettings = async (asked: Asked): Promise<readonly string[]> => {
  const runs = probedSettings.map(async (key) => ({
    key,
    outcome: await runWith(asked, { [key]: harmlessSettings[key] }),
  }));
  const outcomes = await allEnded(runs);
  return outcomes.filter(({ outcome }) => outcome.ignition === undefined).flatMap(({ key }) => settingsLike(key));
};

const madeBy = ({ version }: Asked, outcome: Outcome): Ignition => {
  if (outcome.ignition !== undefined) return outcome.ignition;
  throw failure('InstallerUnfit', { version, reason: `it refuses the smallest input: ${outcome.words}` });
};

/** Two runs with the same inputs: all settings, as far as the binary takes them. */
const equalRuns = async (asked: Asked) => {
  const [first, second] = await allEnded([runWith(asked, harmlessSettings), runWith(asked, harmlessSettings)]);
  if (first.ignition !== undefined && second.ignition !== undefined) {
    return { run: first.ignition, equalRun: second.ignition, refusedSettings: [] };
  }
  const refused = await refusedSettings(asked);
  const [run, equalRun] = await allEnded([runWith(asked, without(refused)), runWith(asked, without(refused))]);
  return { run: madeBy(asked, run), equalRun: madeBy(asked, equalRun), refusedSettings: refused };
};

const isWithoutNmstatectl = (outcome: Outcome): boolean =>
  outcome.ignition === undefined && outcome.refusal.name === 'NetworkProgramMissing';

const networkRuns = async (asked: Asked): Promise<NetworkRuns | undefined> => {
  const settings = { static_network_config: [harmlessHost] };
  const { rendezvous_ip } = harmlessSettings;
  const discarded = { besideAddress: 'discarded', makeRendezvousHost: false } as const;
  const [alone, besideAddress] = await allEnded([
    runWith(asked, settings, discarded),
    runWith(asked, { ...settings, ...(rendezvous_ip && { rendezvous_ip }) }, { ...discarded, besideAddress: 'arrive' }),
  ]);
  return isWithoutNmstatectl(alone) ? undefined : { alone: alone.ignition, besideAddress: besideAddress.ignition };
};

/**
 * Finds out what an openshift-install does: some runs with harmless values, each in a workspace of its own. Where nmstatectl
 * is not in the PATH of the runs, static networks are left out.
 *
 * @throws InstallerUnfit when it cannot do what every infra-env needs; InstallerMismatch when it is no openshift-install;
 *   InstallerTimeout
 */
export const examineInstaller = async (
  examination: Examination,
  expected: { readonly version: string },
): Promise<InstallerProfile> => {
  const { program, workspaces, installer, leftMs } = examination;
  const workspace = await workspaces.open();
  try {
    const facts = await program.inspect({ installer, workspaceDir: workspace.dir, timeoutMs: leftMs() });
    const { version = 'unknown', flags, configImage } = facts;
    if (version !== expected.version)
      throw failure('InstallerMismatch', { version: expected.version, printed: version });
    const asked = { ...examination, version, flags };
    const [equal, networks] = await allEnded([equalRuns(asked), networkRuns(asked)]);
    return profileOf({ version, flags, configImage, ...equal, networks });
  } finally {
    await workspace.dispose();
  }
};
