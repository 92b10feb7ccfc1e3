import type { StoredPart } from '#domain/composition/composition-ports.ts';
import type { SplicePlan } from '#domain/composition/splice-plan.ts';
import { markReady, recordComposed } from './composition-report.ts';
import { loadPlanned } from './composition-subject.ts';
import type { Dependencies } from './iso-dependencies.ts';
import type { StepAnswer, StepRequest } from './iso-request.ts';

// S3 joins whatever parts it is given: only the plan knows that they are all of the image.
const checkParts = (plan: SplicePlan, parts: readonly StoredPart[]): void => {
  const isWhole =
    parts.length === plan.length &&
    plan.every(({ number, start, end }, index) => parts[index]?.number === number && parts[index].size === end - start);
  if (!isWhole) throw new Error('the parts of the upload are not those of the plan');
};

/**
 * Makes the ISO of its parts, and takes away the infra-env's earlier ones. Twice: the second finds no upload, but the ISO.
 *
 * @throws BaseIsoChanged, Error when parts are missing
 */
export const complete = async (dependencies: Dependencies, request: StepRequest<'complete'>): Promise<StepAnswer> => {
  const subject = await loadPlanned(dependencies, request);
  if (subject === undefined) return { superseded: true };
  const { infraEnv, composition } = subject;
  const { key, plan } = composition;
  const { artifacts, uploads, objects } = dependencies;
  const upload = { key, uploadId: request.upload_id };
  const parts = await uploads.list(upload);
  if (parts !== undefined) {
    checkParts(plan, parts);
    await uploads.complete(upload, parts);
  }
  if ((await artifacts.find(key)) === undefined) throw new Error('the upload is gone, and no ISO is there');
  const current = await dependencies.infraEnvs.get(infraEnv.id);
  // An infra-env that was deleted meanwhile had no ISO yet that its deletion could have removed.
  if (current === undefined) await objects.removeOthers(infraEnv.id, undefined);
  // The ISO of a later revision may be there already: it is the one that removes the others.
  if (current?.revision !== infraEnv.revision) return { superseded: true };
  await objects.removeOthers(infraEnv.id, key);
  await markReady(dependencies, infraEnv, key);
  await recordComposed(dependencies, infraEnv);
  return { superseded: false };
};
