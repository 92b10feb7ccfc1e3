import type { ServiceError } from '#domain/errors.ts';
import { type Ignition, parseIgnition } from '#domain/ignition/ignition.ts';
import type { AcquiredInstaller, InstallerRun, Workspace } from '#domain/ignition/ignition-ports.ts';
import type { InputFile } from '#domain/ignition/input-manifests.ts';
import type { Redaction } from '#domain/ignition/redaction.ts';
import { diagnosisOf, refusalOf } from '#domain/ignition/refusal.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { Release } from '#domain/release/release.ts';
import type { Dependencies } from './ignition-dependencies.ts';
import type { TimeLimit } from './time-limit.ts';

/** What the runs for one ignition share. */
export interface RunContext {
  readonly infraEnv: InfraEnv;
  readonly redaction: Redaction;
  readonly limit: TimeLimit;
}

/** One run of a release's own binary. */
export interface RunPlan extends RunContext {
  readonly installer: AcquiredInstaller;
  readonly interactive: boolean;
  readonly files: readonly InputFile[];
}

/** Longest diagnosis in a log line, in characters. */
const diagnosisLength = 1_000;

/** @throws InstallerTimeout, and whatever keeps the release's binary from being there */
export const acquireInstaller = async (
  { installers }: Dependencies,
  release: Release,
  limit: TimeLimit,
): Promise<AcquiredInstaller> => {
  try {
    return await installers.acquire(release, limit.signal);
  } catch (error) {
    throw error === limit.signal.reason ? limit.expired() : error;
  }
};

interface Judging extends RunContext {
  /** Why a run of this command that ended by itself is of no use; undefined when it is. */
  readonly refusalOf: (run: InstallerRun) => ServiceError | undefined;
}

/** @throws InstallerTimeout, InstallerRefused, InternalError */
export const checkRun = (
  { logger }: Dependencies,
  run: InstallerRun,
  { infraEnv, redaction, limit, refusalOf: judge }: Judging,
): void => {
  if (run.timedOut) throw limit.expired();
  const refusal = judge(run);
  if (refusal === undefined) return;
  logger.warn('openshift-install failed', {
    infraEnvId: infraEnv.id,
    exitCode: run.exitCode,
    diagnosis: redaction.redact(diagnosisOf(run.stderr)).slice(0, diagnosisLength),
  });
  throw refusal;
};

const runIn = async (dependencies: Dependencies, workspace: Workspace, plan: RunPlan): Promise<Ignition> => {
  const { installer, interactive, files, limit } = plan;
  await workspace.write(files);
  const run = await dependencies.program.createUnconfiguredIgnition({
    installer,
    workspaceDir: workspace.dir,
    interactive,
    timeoutMs: limit.leftMs(),
  });
  checkRun(dependencies, run, { ...plan, refusalOf });
  const ignition = await workspace.read('unconfigured-agent.ign');
  if (ignition === undefined) throw new Error('openshift-install ended well, but wrote no ignition');
  return parseIgnition(ignition);
};

/** Does it in a workspace that is gone afterwards, however it ends. */
export const inWorkspace = async <Result>(
  { workspaces }: Dependencies,
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> => {
  const workspace = await workspaces.open();
  try {
    return await work(workspace);
  } finally {
    await workspace.dispose();
  }
};

/** What the binary makes of the files. */
export const createIgnition = (dependencies: Dependencies, plan: RunPlan): Promise<Ignition> =>
  inWorkspace(dependencies, (workspace) => runIn(dependencies, workspace, plan));
