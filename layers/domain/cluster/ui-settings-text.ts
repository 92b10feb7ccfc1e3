import { invalid } from '../errors.ts';

/** What the web UI keeps takes a few hundred bytes; a table's item may take 400 KiB. */
const maximumKiB = 64;

/** @throws InvalidInput when a user interface wants more kept than there is room for */
export const checkUiSettings = (text: string): void => {
  const kiB = Math.ceil(Buffer.byteLength(text) / 1024);
  if (kiB > maximumKiB) throw invalid(`the UI settings take ${kiB} KiB, at most ${maximumKiB} KiB can be kept`);
};
