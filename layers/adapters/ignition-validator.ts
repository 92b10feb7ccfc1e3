import { failure } from '#domain/errors.ts';
import type { IgnitionValidator } from '#domain/ignition/ignition-ports.ts';
import { faultsOfConfig } from '#domain/ignition/validator-output.ts';
import type { Logger } from '#domain/ports.ts';
import { runProgram } from './program-run.ts';

interface ProgramSettings {
  /** The PATH in which ignition-validate is looked for, and the whole environment that it gets. */
  readonly searchPath: string;
  readonly logger: Logger;
}

/**
 * Runs `ignition-validate`, which gets the config on its standard input: it may hold secrets. Where it is not installed,
 * the service's own rules are all that has judged; that is in the log once.
 */
export const ignitionValidator = ({ searchPath, logger }: ProgramSettings): IgnitionValidator => {
  let isMissed = false;

  const tellMissing = (): undefined => {
    if (!isMissed)
      logger.warn('ignition-validate is not in the PATH: configs are judged by rules of this service alone');
    isMissed = true;
    return undefined;
  };

  return {
    faultsOf: async (config, timeoutMs) => {
      const result = await runProgram({
        file: 'ignition-validate',
        args: ['-'],
        cwd: '/',
        env: { PATH: searchPath },
        input: config,
        stdout: 'pipe',
        timeoutMs,
      });
      if (result.startFailure === 'ENOENT') return tellMissing();
      if (result.startFailure !== undefined) {
        throw new Error(`ignition-validate cannot be started: ${result.startFailure}`);
      }
      if (result.timedOut) throw failure('SettingsCheckUnavailable', { settings: 'ignition_config_override' });
      if (result.isMaxBuffer) return 'ignition-validate finds more against it than anybody reads';
      return faultsOfConfig(result);
    },
  };
};
