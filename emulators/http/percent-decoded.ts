/** A part of a path with its percent-encoding undone, or as it came where that is malformed. */
export const percentDecoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};
