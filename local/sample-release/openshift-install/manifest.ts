import { refuseAsset } from './refusal.ts';
import type { Mapping, Shape } from './shape.ts';
import { readManifest } from './yaml.ts';

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Decodes one input file strictly; what Go would refuse becomes the refusal of the named asset. */
export const decodeManifest = (input: {
  readonly asset: string;
  readonly file: string;
  readonly text: string;
  readonly shape: Shape;
}): Mapping => {
  try {
    return readManifest(input.text, input.shape);
  } catch (error) {
    return refuseAsset(input.asset, `failed to unmarshal ${input.file}: ${reasonOf(error)}`);
  }
};
