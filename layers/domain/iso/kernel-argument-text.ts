import { isPrintable } from '../values/printable.ts';
import type { KernelArgumentArea } from './iso-layout.ts';

type Fillers = Pick<KernelArgumentArea, 'end' | 'pad'>;

const withoutTrailing = (text: string, filler: string): string => {
  let length = text.length;
  while (length > 0 && text[length - 1] === filler) length -= 1;
  return text.slice(0, length);
};

const decode = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** The arguments in an area; undefined when what lies there is not one line of text. */
export const presentArguments = (bytes: Uint8Array, { end, pad }: Fillers): string | undefined => {
  const text = decode(bytes);
  const found = text === undefined ? undefined : withoutTrailing(withoutTrailing(text, pad), end).trim();
  return found !== undefined && isPrintable(found) ? found : undefined;
};

/** The bytes of an area that holds these arguments, which must be shorter than it. */
export const areaWith = (text: string, { end, pad, size }: Fillers & { size: number }): Buffer => {
  const bytes = Buffer.alloc(size, pad);
  bytes.write(text + end);
  return bytes;
};
