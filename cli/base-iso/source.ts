import type { IsoImage } from '#domain/iso/image.ts';

/** A part of an upload, and the bytes of the ISO that belong into it: `start` to before `end`. */
interface UploadPlace {
  readonly bucket: string;
  readonly key: string;
  readonly uploadId: string;
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** A base ISO where the operator has it. What is read of it is of one and the same ISO. */
export interface IsoSource extends IsoImage {
  /** Changes with the content, as far as the place shows it (times, ETags). */
  readonly validator: string;
  /** Has S3 copy a part inside itself; absent where the bytes have to be read and uploaded. */
  readonly copyPart?: (place: UploadPlace, signal: AbortSignal) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Where to look for it. */
export type IsoPlace =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 's3'; readonly bucket: string; readonly key: string };
