/**
 * Characters that end a line or cannot be seen in some format that a setting lands in (YAML, systemd units, shell):
 * control characters, Unicode's line and paragraph separators, the byte order mark, and halves of surrogate pairs.
 */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\uFEFF]/u;
const everyUnprintable = new RegExp(unprintable, 'gu');

/** Longest piece of a caller's text in a message; an OpenSSH key of 4096 bits fits. */
const longestExcerpt = 1024;

export const isPrintable = (text: string): boolean => !unprintable.test(text);

/** A caller's text as a message may hold it: on one line and of bounded length. */
export const excerpt = (text: string): string => {
  const shown = text.slice(0, longestExcerpt).replace(everyUnprintable, '\uFFFD');
  return text.length > longestExcerpt ? `${shown}…` : shown;
};
