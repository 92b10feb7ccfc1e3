import { failure } from '#domain/errors.ts';
import { type Ignition, parseIgnition } from '#domain/ignition/ignition.ts';
import type { AcquiredInstaller, InstallerFacts, InstallerRun, Workspace } from '#domain/ignition/ignition-ports.ts';
import type { InputFile } from '#domain/ignition/input-manifests.ts';
import type { Redaction } from '#domain/ignition/redaction.ts';
import { diagnosisOf, refusalOf } from '#domain/ignition/refusal.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { Release } from '#domain/release/release.ts';
import type { Dependencies } from './ignition-dependencies.ts';
import type { TimeLimit } from './time-limit.ts';

/** One run of a release's own binary. */
export interface RunPlan {
  readonly infraEnv: InfraEnv;
  readonly release: Release;
  readonly files: readonly InputFile[];
  readonly redaction: Redaction;
  readonly limit: TimeLimit;
}

/** Longest diagnosis in a log line, in characters. */
const diagnosisLength = 1_000;

const acquire = async ({ installers }: Dependencies, { release, limit }: RunPlan): Promise<AcquiredInstaller> => {
  try {
    return await installers.acquire(release, limit.signal);
  } catch (error) {
    throw error === limit.signal.reason ? limit.expired() : error;
  }
};

const checkVersion = ({ version: printed = 'unknown' }: InstallerFacts, { version }: Release): void => {
  if (printed !== version) throw failure('InstallerMismatch', { version, printed });
};

/** @throws InstallerTimeout, InstallerRefused, InternalError */
const checkRun = ({ logger }: Dependencies, run: InstallerRun, { infraEnv, redaction, limit }: RunPlan): void => {
  if (run.timedOut) throw limit.expired();
  const refusal = refusalOf(run);
  if (refusal === undefined) return;
  logger.warn('openshift-install failed', {
    infraEnvId: infraEnv.id,
    exitCode: run.exitCode,
    diagnosis: redaction.redact(diagnosisOf(run.stderr)).slice(0, diagnosisLength),
  });
  throw refusal;
};

interface Prepared {
  readonly workspace: Workspace;
  readonly installer: AcquiredInstaller;
  readonly facts: InstallerFacts;
}

const runInstaller = async (dependencies: Dependencies, prepared: Prepared, plan: RunPlan): Promise<Ignition> => {
  const { workspace, installer, facts } = prepared;
  checkVersion(facts, plan.release);
  const run = await dependencies.program.createUnconfiguredIgnition({
    installer,
    workspaceDir: workspace.dir,
    interactive: facts.interactiveFlag,
    timeoutMs: plan.limit.leftMs(),
  });
  checkRun(dependencies, run, plan);
  const ignition = await workspace.read('unconfigured-agent.ign');
  if (ignition === undefined) throw new Error('openshift-install ended well, but wrote no ignition');
  return parseIgnition(ignition);
};

/** The input files are written while the installer is looked for and asked; neither outlives the other's failure. */
const runInWorkspace = async (dependencies: Dependencies, workspace: Workspace, plan: RunPlan): Promise<Ignition> => {
  const acquired = acquire(dependencies, plan);
  const inspected = acquired.then((installer) =>
    dependencies.program.inspect({ installer, workspaceDir: workspace.dir, timeoutMs: plan.limit.leftMs() }),
  );
  const written = workspace.write(plan.files);
  try {
    await Promise.allSettled([inspected, written]);
    const [installer, facts] = await Promise.all([acquired, inspected, written]);
    return await runInstaller(dependencies, { workspace, installer, facts }, plan);
  } finally {
    acquired.then(
      ({ dispose }) => dispose(),
      () => undefined,
    );
  }
};

/** What the binary makes of the files. The workspace is gone afterwards, however this ends. */
export const createIgnition = async (dependencies: Dependencies, plan: RunPlan): Promise<Ignition> => {
  const workspace = await dependencies.workspaces.open();
  try {
    return await runInWorkspace(dependencies, workspace, plan);
  } finally {
    await workspace.dispose();
  }
};
