/** Ends the run: `message` becomes the last `level=fatal` line. Exit code 1 = refused, 3 = unusable install-config.yaml. */
export class Refusal extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What a Go program does when it dereferences nil: its trace goes to stderr and the exit code is 2. */
export class Panic extends Error {}

const target = 'failed to fetch Agent Installer Unconfigured Ignition: ';

/** A refusal of one input file, worded as the real program does while it loads its assets. */
export const refuseAsset = (asset: string, reason: string, exitCode = 1): never => {
  throw new Refusal(`${target}failed to load asset "${asset}": ${reason}`, exitCode);
};

/** A refusal after all files were read: something that the ignition depends on cannot be made. */
export const refuseDependency = (asset: string, reason: string): never => {
  throw new Refusal(
    `${target}failed to fetch dependency of "Agent Installer Unconfigured Ignition": failed to generate asset "${asset}": ${reason}`,
  );
};

/** A refusal while the ignition itself is put together or its inputs are removed. */
export const refuseIgnition = (reason: string): never => {
  throw new Refusal(`${target}${reason}`);
};
