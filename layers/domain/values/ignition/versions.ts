/** Versions of the Ignition specification that are read, lowest first. */
export const ignitionVersions = ['3.1.0', '3.2.0', '3.3.0', '3.4.0', '3.5.0'] as const;

export type IgnitionVersion = (typeof ignitionVersions)[number];
