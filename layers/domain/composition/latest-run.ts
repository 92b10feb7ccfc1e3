import type { InfraEnv } from '../infra-env/infra-env.ts';
import type { MediaRun, MediaWorkflow } from '../infra-env/workflow-ports.ts';
import type { MediaAttempts } from './composition-ports.ts';

interface Asked {
  readonly media: Pick<MediaWorkflow, 'mediaRun'>;
  readonly mediaAttempts: Pick<MediaAttempts, 'latest'>;
}

interface LatestRun {
  readonly attempt: number;
  /** undefined when that attempt was never started. */
  readonly run: MediaRun | undefined;
}

/** What has become of the latest attempt at the media of an infra-env's current revision. */
export const latestRun = async ({ media, mediaAttempts }: Asked, infraEnv: InfraEnv): Promise<LatestRun> => {
  const { id: infraEnvId, revision } = infraEnv;
  const attempt = await mediaAttempts.latest(infraEnv);
  return { attempt, run: await media.mediaRun({ infraEnvId, revision, attempt }) };
};
