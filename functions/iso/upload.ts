import { applyPatches } from '#domain/composition/iso-patch.ts';
import type { UploadPart } from '#domain/composition/splice-plan.ts';
import { recordBase } from './composition-report.ts';
import { loadPlanned, type Subject } from './composition-subject.ts';
import type { Dependencies } from './iso-dependencies.ts';
import type { StepAnswer, StepRequest } from './iso-request.ts';

const patchedPart = async ({ baseIsos }: Dependencies, subject: Subject, { start, end }: UploadPart) => {
  const bytes = await baseIsos.read(subject.baseIso, { offset: start, length: end - start });
  return applyPatches({ start, bytes }, subject.composition.patches);
};

/**
 * Uploads the few parts that differ from the base ISO: all that passes through this function. They go one after the other,
 * so that one at a time is in memory.
 *
 * @throws BaseIsoChanged, Error when another object lies in its place
 */
export const upload = async (dependencies: Dependencies, request: StepRequest<'upload'>): Promise<StepAnswer> => {
  const subject = await loadPlanned(dependencies, request);
  if (subject === undefined) return { superseded: true };
  const { key, plan } = subject.composition;
  const uploadId = request.upload_id;
  await dependencies.records.put({
    ...recordBase(subject.infraEnv),
    state: 'composing',
    key,
    uploadId,
    baseKey: subject.baseIso.key,
    parts: plan.length,
    startedAt: dependencies.clock().toISOString(),
  });
  for (const part of plan) {
    if (part.kind !== 'upload') continue;
    const bytes = await patchedPart(dependencies, subject, part);
    await dependencies.uploads.put({ key, uploadId }, { number: part.number, bytes });
  }
  return { superseded: false };
};
