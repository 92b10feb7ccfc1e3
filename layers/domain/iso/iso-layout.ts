import type { CpuArchitecture } from '../architecture.ts';
import type { Extent } from './image.ts';

/** Most bytes of one area for kernel arguments (coreos-installer). */
export const largestKernelArgumentArea = 2048;

/** No image has so many: two or three boot loaders. */
export const mostKernelArgumentAreas = 8;

export interface KernelArgumentArea {
  /** Of the file that it is in. */
  readonly path: string;
  /** In bytes from the start of the image. */
  readonly offset: number;
  /** One byte, which ends the arguments. */
  readonly end: string;
  /** One byte, which fills what is left of the area. */
  readonly pad: string;
}

export interface KernelArgumentLayout {
  /** What the image came with. */
  readonly default: string;
  /** What every area holds now. */
  readonly present: string;
  /** Bytes of each area. */
  readonly size: number;
  readonly areas: readonly KernelArgumentArea[];
}

/**
 * Where an image takes an ignition and kernel arguments: plain data that can be stored. Offsets are in bytes from the start of
 * the image, and exceed 2^32.
 */
export interface IsoLayout {
  readonly volumeId: string;
  /** Bytes of the volume. The image may be longer. */
  readonly volumeSize: number;
  /** CPU of the image's kernel, where its header says. */
  readonly architecture?: CpuArchitecture;
  readonly ignition: Extent;
  /** Absent: the image cannot take any. */
  readonly kernelArguments?: KernelArgumentLayout;
}
