const minorOf = (version: string): number => {
  const [, major = '0', minor = '0'] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) * 1000 + Number(minor);
};

/** Compares by `major.minor` alone: a pre-release of 4.18 counts as 4.18. */
export const isAtLeast = (version: string, minor: string): boolean => minorOf(version) >= minorOf(minor);
