import type { CpuArchitecture } from '#domain/architecture.ts';

/** What makes a base ISO the user's own. */
export interface PersonalSettings {
  readonly ignition: Uint8Array;
  /** Appended to those of the base ISO. */
  readonly kernelArguments: readonly string[];
  /** What the ISO has to be, as far as the API says; undefined when it does not. */
  readonly release: { readonly version: string; readonly cpuArchitectures: readonly CpuArchitecture[] } | undefined;
}
