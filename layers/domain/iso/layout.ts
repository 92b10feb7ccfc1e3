import * as z from 'zod';

const bytes = z.int().min(0);

/** One byte, e.g. `#` or a line end. */
export const filler = z.string().refine((text) => Buffer.byteLength(text) === 1, 'not one byte');

/** No image has so many: two or three boot loaders. */
export const mostKernelArgumentAreas = 8;

/** Most bytes of one of these areas (coreos-installer). */
export const largestKernelArgumentArea = 2048;

const kernelArgumentArea = z.object({
  path: z.string(),
  offset: bytes,
  /** Ends the arguments. */
  end: filler,
  /** Fills what is left of the area. */
  pad: filler,
});

const kernelArguments = z.object({
  /** What the image came with. */
  default: z.string(),
  /** What every area holds now. */
  present: z.string(),
  /** Bytes of each area. */
  size: z.int().min(1).max(largestKernelArgumentArea),
  areas: z.array(kernelArgumentArea).min(1).max(mostKernelArgumentAreas),
});

const architecture = z.enum(['x86_64', 'arm64', 'ppc64le', 's390x']);

/**
 * Where an image takes an ignition and kernel arguments: plain data that can be stored. Offsets are in bytes from the start of
 * the image, and exceed 2^32.
 */
export const isoLayout = z.object({
  volumeId: z.string(),
  /** Bytes of the volume. The image may be longer. */
  volumeSize: bytes,
  /** CPU of the image's kernel, where its header tells. */
  architecture: z.exactOptional(architecture),
  ignition: z.object({ offset: bytes, length: z.int().min(1) }),
  /** Absent: the image cannot take any. */
  kernelArguments: z.exactOptional(kernelArguments),
});

export type IsoLayout = z.infer<typeof isoLayout>;
export type KernelArgumentLayout = z.infer<typeof kernelArguments>;
export type KernelArgumentArea = z.infer<typeof kernelArgumentArea>;
