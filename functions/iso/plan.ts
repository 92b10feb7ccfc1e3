import { markReady, postpone } from './composition-report.ts';
import { baseIsoChanged, loadSubject } from './composition-subject.ts';
import type { Dependencies } from './iso-dependencies.ts';
import type { PlanAnswer, StepRequest } from './iso-request.ts';

/**
 * How the ISO of a revision is to be made. What the same ingredients have made already is used again. A composition for which
 * its owner has no quota left is not begun, which is no failure: whoever asks for the ISO later begins it.
 *
 * @throws BaseIsoChanged, IgnitionTooLarge, KernelArgumentsNotPossible, KernelArgumentsTooLong
 */
export const plan = async (dependencies: Dependencies, request: StepRequest<'plan'>): Promise<PlanAnswer> => {
  const subject = await loadSubject(dependencies, request);
  if (subject === undefined) return { compose: false };
  const { infraEnv, baseIso, composition } = subject;
  const { key } = composition;
  if ((await dependencies.artifacts.find(key)) !== undefined) {
    await markReady(dependencies, infraEnv, key);
    return { compose: false };
  }
  if (!(await dependencies.baseIsos.isThere(baseIso))) {
    throw baseIsoChanged(infraEnv);
  }
  const postponement = await dependencies.quota.begin(infraEnv);
  if (postponement !== undefined) {
    await postpone(dependencies, infraEnv, postponement);
    return { compose: false };
  }
  const copies = composition.plan
    .filter(({ kind }) => kind === 'copy')
    .map(({ number, start, end }) => ({ number, range: `bytes=${start}-${end - 1}` }));
  return { compose: true, key, base_key: baseIso.key, base_etag: baseIso.etag, copies };
};
