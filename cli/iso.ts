/** `npm run iso -- patch|restore`: puts an infra-env's settings into a base ISO that is already on this machine. */
import { setGlobalProxyFromEnv } from 'node:http';
import { CommandFailure } from '#adapters/command-failure.ts';
import { failureLine } from './failure-line.ts';
import { runIsoCommand } from './iso/iso-commands.ts';

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stopped.abort(new CommandFailure(`stopped by ${signal}`)));
}

try {
  setGlobalProxyFromEnv();
  await runIsoCommand(process.argv.slice(2), {
    say: (line) => process.stdout.write(`${line}\n`),
    signal: stopped.signal,
    token: process.env.OVE_IGNITION_TOKEN,
  });
} catch (error) {
  process.stderr.write(`${failureLine(error, 'iso')}\n`);
  process.exitCode = 1;
}
