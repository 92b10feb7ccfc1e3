import { spawn } from 'node:child_process';
import { steadyHex } from './agent-files.ts';
import { file, type IgnitionFile, type IgnitionUnit } from './ignition.ts';
import { Panic } from './refusal.ts';
import type { Behaviour } from './settings.ts';

/** Reports both pids only when SIGTERM is already ignored, so that whoever waits for the file can rely on it. */
const stubbornChild = `
process.on('SIGTERM', () => {});
setInterval(() => {}, 1 << 30);
const [, pidFile] = process.argv;
if (pidFile) {
  const { renameSync, writeFileSync } = process.getBuiltinModule('node:fs');
  writeFileSync(pidFile + '.new', process.ppid + '\\n' + process.pid + '\\n');
  renameSync(pidFile + '.new', pidFile);
}`;

/** Never resolves. The child stays in the process group and keeps stdout and stderr open. */
const hang = (pidFile: string | undefined): Promise<never> => {
  spawn(process.execPath, ['-e', stubbornChild, ...(pidFile ? [pidFile] : [])], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise(() => {
    setInterval(() => undefined, 1 << 30);
  });
};

/** Whatever must happen before the work: sleep, hang, or a Panic. */
export const misbehaveFirst = async ({ slow, hang: hanging, crash }: Behaviour): Promise<void> => {
  if (slow !== undefined) await new Promise((resolve) => setTimeout(resolve, slow));
  if (hanging) await hang(hanging.pidFile);
  if (crash) throw new Panic('image.(*UnconfiguredIgnition).Generate');
};

const embedAreaBytes = 256 * 1024;

/** One that no packing brings below the embed area, since a hexadecimal digit packs to half a byte; and a strange one. */
export const oddFiles = ({ hugeOutput, strange }: Behaviour): IgnitionFile[] => [
  ...(hugeOutput ? [file('/opt/agent/huge', 0o600, steadyHex(1, embedAreaBytes * 3))] : []),
  ...(strange ? [file('/etc/assisted/strange', 0o600, crypto.randomUUID())] : []),
];

export const oddUnits = ({ strange }: Behaviour): IgnitionUnit[] =>
  strange ? [{ contents: '[Service]\nExecStart=/bin/true\n', enabled: true, name: 'strange.service' }] : [];

/** The bytes for the ignition file; undefined if none must be written. */
export const outputText = (text: string, { noOutput, invalidOutput }: Behaviour): string | undefined => {
  if (noOutput) return undefined;
  return invalidOutput ? text.slice(0, text.length / 2) : text;
};
