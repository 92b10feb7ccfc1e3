import * as z from 'zod';
import { failure, isErrorName, ServiceError } from '#domain/errors.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { recordFailed } from './composition-report.ts';
import { baseIsoChanged, currentInfraEnv } from './composition-subject.ts';
import type { Dependencies } from './iso-dependencies.ts';
import type { FailAnswer, StepRequest } from './iso-request.ts';

/** What Lambda reports of a function that has thrown. */
const thrown = z.object({ errorMessage: z.string() });

const parsed = (cause: string): unknown => {
  try {
    return JSON.parse(cause);
  } catch {
    return undefined;
  }
};

/** Whether the base ISO is not, or is no longer, the one that this composition began with. */
const hasChanged = async ({ releases, records, baseIsos }: Dependencies, infraEnv: InfraEnv): Promise<boolean> => {
  const { id, revision, openshiftVersion = '' } = infraEnv;
  const [release, record] = await Promise.all([releases.get(openshiftVersion, infraEnv), records.get(id)]);
  const baseIso = release?.baseIso;
  const begun = record?.state === 'composing' && record.revision === revision ? record : undefined;
  if (baseIso === undefined || (begun !== undefined && begun.baseKey !== baseIso.key)) return true;
  return !(await baseIsos.isThere(baseIso));
};

/**
 * A refused copy has no name of its own, and a refused read is an internal error: the usual reason of both is that the base
 * ISO is another one by now.
 */
const explain = async (
  dependencies: Dependencies,
  { error, cause }: StepRequest<'fail'>,
  infraEnv: InfraEnv,
): Promise<ServiceError> => {
  const named = thrown.safeParse(parsed(cause));
  if (isErrorName(error) && error !== 'InternalError' && named.success) {
    return new ServiceError(error, named.data.errorMessage);
  }
  return (await hasChanged(dependencies, infraEnv)) ? baseIsoChanged(infraEnv) : failure('InternalError');
};

/** Says why a composition failed, unless nobody waits for it any more. Twice: the record is the same, the event comes twice. */
export const fail = async (dependencies: Dependencies, request: StepRequest<'fail'>): Promise<FailAnswer> => {
  const infraEnv = await currentInfraEnv(dependencies, request);
  if (infraEnv === undefined) return { error: 'NotFound', cause: failure('NotFound').message };
  const { name, message } = await explain(dependencies, request, infraEnv);
  dependencies.logger.warn('an ISO was not composed', { infraEnvId: infraEnv.id, error: request.error, reason: name });
  await recordFailed(dependencies, infraEnv, message);
  return { error: name, cause: message };
};
