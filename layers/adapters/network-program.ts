import { join } from 'node:path';
import { failure } from '#domain/errors.ts';
import type { NetworkProgram, Workspace, Workspaces } from '#domain/ignition/ignition-ports.ts';
import { networkConfigurationOf } from '#domain/ignition/network-output.ts';
import { runProgram } from './program-run.ts';

interface ProgramSettings {
  /** The PATH in which nmstatectl is looked for, and the whole environment that it gets. */
  readonly searchPath: string;
  readonly workspaces: Workspaces;
}

const fileName = 'network.yaml';

const tooMuch = 'nmstatectl prints more about it than any host needs';

/**
 * Runs `nmstatectl gc`, which reads a file only: standard input is known to newer versions, and `/dev/stdin` cannot be
 * opened where it is a socket, as a child of Node has it. Each document, which may hold passwords, lies in a private folder
 * of its own for as long as the program runs.
 */
export const networkProgram = ({ searchPath, workspaces }: ProgramSettings): NetworkProgram => {
  const run = async ({ dir }: Workspace, timeoutMs: number) => {
    const result = await runProgram({
      file: 'nmstatectl',
      args: ['gc', join(dir, fileName)],
      cwd: dir,
      env: { PATH: searchPath },
      stdout: 'pipe',
      timeoutMs,
    });
    if (result.startFailure === 'ENOENT') throw failure('NetworkProgramMissing');
    if (result.startFailure !== undefined) throw new Error(`nmstatectl cannot be started: ${result.startFailure}`);
    if (result.timedOut) throw failure('SettingsCheckUnavailable', { settings: 'static_network_config' });
    return result;
  };

  return {
    generate: async ({ document, timeoutMs }) => {
      const workspace = await workspaces.open();
      try {
        await workspace.write([{ path: fileName, content: document, mode: 0o600 }]);
        const { isMaxBuffer, ...result } = await run(workspace, timeoutMs);
        return isMaxBuffer ? { reason: tooMuch } : networkConfigurationOf({ document, ...result });
      } finally {
        await workspace.dispose();
      }
    },
  };
};
