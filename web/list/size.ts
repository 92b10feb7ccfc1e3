const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size for a person: `42.1 GB`, in powers of 1,000, as browsers show downloads. */
export const inWords = (bytes: number): string => {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
};
