import { bytesOf, checked } from './members.ts';

/** What Linux takes: PATH_MAX without its last zero, and NAME_MAX. */
const longestPath = 4095;
const longestName = 255;

const faultOfPath = (path: string): string | undefined => {
  const parts = path.split('/').slice(1);
  const isClean = path === '/' || parts.every((part) => part !== '' && part !== '.' && part !== '..');
  if (!path.startsWith('/') || !isClean || path.includes('\0')) {
    return 'must be an absolute path without empty, . and .. parts';
  }
  const isShort = bytesOf(path) <= longestPath && parts.every((part) => bytesOf(part) <= longestName);
  return isShort ? undefined : `must have at most ${longestPath} bytes, and ${longestName} between two slashes`;
};

/** An absolute path without `//`, `.`, `..` and a trailing slash: each path has one spelling. */
export const path = checked(faultOfPath);

/** A path that may be left empty, which counts as absent. */
export const optionalPath = checked((value) => (value === '' ? undefined : faultOfPath(value))).nullish();
