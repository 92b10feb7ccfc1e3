import { invalid } from './errors.ts';

/** DynamoDB keeps items of up to 400 KiB; the rest is for keys, names and times. */
const maximumKiB = 380;

/** @throws InvalidInput when the settings of a record are more than can be kept */
export const checkStorable = ({ settings }: { readonly settings: object }): void => {
  const kiB = Math.ceil(Buffer.byteLength(JSON.stringify(settings)) / 1024);
  if (kiB > maximumKiB) throw invalid(`the settings take ${kiB} KiB together, at most ${maximumKiB} KiB can be kept`);
};
