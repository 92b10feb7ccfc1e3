import { type Composition, compositionOf } from '#domain/composition/composition.ts';
import { failure, type ServiceError } from '#domain/errors.ts';
import { ignitionKey } from '#domain/infra-env/artifact.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { BaseIso } from '#domain/release/release.ts';
import type { Dependencies } from './iso-dependencies.ts';
import type { IsoRequest, StepRequest } from './iso-request.ts';

/** What is to be composed: worked out again by each step, and always the same for one revision and base ISO. */
export interface Subject {
  readonly infraEnv: InfraEnv;
  readonly baseIso: BaseIso;
  readonly composition: Composition;
}

/** The base ISO is not, or is no longer, the one that the composition is for. */
export const baseIsoChanged = ({ openshiftVersion: version = '' }: InfraEnv): ServiceError =>
  failure('BaseIsoChanged', { version });

/** The infra-env, as long as the request's revision is the current one. */
export const currentInfraEnv = async (
  { infraEnvs }: Pick<Dependencies, 'infraEnvs'>,
  { infra_env_id, revision }: IsoRequest,
): Promise<InfraEnv | undefined> => {
  const infraEnv = await infraEnvs.get(infra_env_id);
  return infraEnv?.revision === revision ? infraEnv : undefined;
};

const baseIsoOf = async ({ releases }: Dependencies, infraEnv: InfraEnv): Promise<BaseIso | undefined> =>
  infraEnv.openshiftVersion === undefined
    ? undefined
    : (await releases.get(infraEnv.openshiftVersion, infraEnv))?.baseIso;

/**
 * Undefined when there is nothing to compose: the revision is no longer current, the infra-env is for no disconnected
 * ISO, or its release has no base ISO.
 *
 * @throws IgnitionTooLarge, KernelArgumentsNotPossible, KernelArgumentsTooLong
 */
export const loadSubject = async (dependencies: Dependencies, request: IsoRequest): Promise<Subject | undefined> => {
  const infraEnv = await currentInfraEnv(dependencies, request);
  if (infraEnv?.type !== 'disconnected-iso') return undefined;
  const [baseIso, ignition] = await Promise.all([
    baseIsoOf(dependencies, infraEnv),
    dependencies.artifacts.read(ignitionKey(infraEnv)),
  ]);
  if (baseIso === undefined) return undefined;
  // It was there a step ago; whoever removed it has removed its infra-env too, or will.
  if (ignition === undefined) throw new Error('the ignition of this revision is not there');
  return { infraEnv, baseIso, composition: compositionOf({ infraEnv, baseIso, ignition }) };
};

/**
 * The same for a step after the plan: another base ISO makes another ISO, for which this upload is not.
 *
 * @throws as loadSubject, and BaseIsoChanged
 */
export const loadPlanned = async (
  dependencies: Dependencies,
  request: StepRequest<'upload' | 'complete'>,
): Promise<Subject | undefined> => {
  const subject = await loadSubject(dependencies, request);
  if (subject === undefined || subject.baseIso.key === request.base_key) return subject;
  throw baseIsoChanged(subject.infraEnv);
};
