import { complete } from './complete.ts';
import { fail } from './fail.ts';
import type { Dependencies } from './iso-dependencies.ts';
import type { FailAnswer, IsoRequest, PlanAnswer, StepAnswer } from './iso-request.ts';
import { plan } from './plan.ts';
import { upload } from './upload.ts';

/** The steps that compose the ISO of one revision of an infra-env. Each can be repeated. */
export const composeIso =
  (dependencies: Dependencies) =>
  async (request: IsoRequest): Promise<PlanAnswer | StepAnswer | FailAnswer> => {
    switch (request.step) {
      case 'plan':
        return plan(dependencies, request);
      case 'upload':
        return upload(dependencies, request);
      case 'complete':
        return complete(dependencies, request);
      case 'fail':
        return fail(dependencies, request);
    }
  };
