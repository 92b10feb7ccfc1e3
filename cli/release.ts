/** `npm run release -- add|list|remove|verify`: the operator's way to the catalogue of releases. */
import { setGlobalProxyFromEnv } from 'node:http';
import { CommandFailure } from '#adapters/command-failure.ts';
import { usualPatience } from '#adapters/release-mirror/mirror-request.ts';
import { failureLine } from './failure-line.ts';
import { progressLine } from './progress.ts';
import { runCommand } from './release-commands.ts';
import { pinnedReleaseKey } from './release-key.ts';

const progress = progressLine(process.stderr);
const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stopped.abort(new CommandFailure(`stopped by ${signal}: nothing was changed half-way`)));
}

try {
  // HTTPS_PROXY, HTTP_PROXY and NO_PROXY, for the mirror; AWS clients have agents of their own.
  setGlobalProxyFromEnv();
  await runCommand(process.argv.slice(2), {
    say: (line) => process.stdout.write(`${line}\n`),
    progress,
    signal: stopped.signal,
    clock: () => new Date(),
    patience: usualPatience,
    releaseKey: pinnedReleaseKey,
  });
} catch (error) {
  progress.clear();
  process.stderr.write(`${failureLine(stopped.signal.aborted ? stopped.signal.reason : error)}\n`);
  process.exitCode = 1;
}
