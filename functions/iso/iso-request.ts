import * as z from 'zod';

const subject = { infra_env_id: z.guid(), revision: z.int().min(1) };
/** The upload, and the base ISO that it was planned for. */
const upload = { ...subject, upload_id: z.string().min(1), base_key: z.string().min(1) };

/** The steps of `prepare-media` that only code can do; the others are Step Functions' own calls to S3. */
export const isoRequest = z.discriminatedUnion('step', [
  z.object({ step: z.literal('plan'), ...subject }),
  z.object({ step: z.literal('upload'), ...upload }),
  z.object({ step: z.literal('complete'), ...upload }),
  /** What Step Functions caught. */
  z.object({ step: z.literal('fail'), ...subject, error: z.string(), cause: z.string() }),
]);

export type IsoRequest = z.output<typeof isoRequest>;
export type StepRequest<Step extends IsoRequest['step']> = Extract<IsoRequest, { step: Step }>;

/** A part that S3 copies from the base ISO. */
interface Copy {
  readonly number: number;
  /** As CopySourceRange takes it: both ends included. */
  readonly range: string;
}

/** `compose: false`: there is nothing to do, since the ISO is there, is not asked for, or the release has no base ISO. */
export type PlanAnswer =
  | { readonly compose: false }
  | {
      readonly compose: true;
      readonly key: string;
      readonly base_key: string;
      readonly base_etag: string;
      readonly copies: readonly Copy[];
    };

/** `superseded`: the infra-env was changed or deleted meanwhile, and the upload is of no use. */
export interface StepAnswer {
  readonly superseded: boolean;
}

/** The failure, as the execution ends with it. */
export interface FailAnswer {
  readonly error: string;
  readonly cause: string;
}
