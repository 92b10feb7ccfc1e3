import { mkdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandLine, parseCommandLine } from './arguments.ts';
import { createConfigImage } from './config-image.ts';
import { createUnconfiguredIgnition } from './create.ts';
import { helpText } from './help.ts';
import { type Log, openLog, writeLine } from './log.ts';
import { Panic, Refusal } from './refusal.ts';
import type { Settings } from './settings.ts';
import { traitsOf } from './traits.ts';

/** Put before the program when a binary is made of it. */
declare const embeddedSettings: Settings;

/** The real program makes this folder at every start, below HOME or, failing that, in the temporary folder. */
const makeStartFolder = (): void => {
  const { HOME, TMPDIR } = process.env;
  const candidates = [HOME && join(HOME, '.cache/kubebuilder-envtest'), join(TMPDIR || '/tmp', 'kubebuilder-envtest')];
  const made = candidates.some((folder) => folder && canMake(folder));
  if (!made) throw new Panic('envtest.init');
};

const canMake = (folder: string): boolean => {
  try {
    mkdirSync(folder, { recursive: true });
    return true;
  } catch {
    return false;
  }
};

const versionText = ({ version, commit, releaseImage, architecture, behaviour }: Settings): string =>
  [
    `${process.argv[1]} ${behaviour.wrongVersion ?? version}`,
    `built from commit ${commit}`,
    `release image ${releaseImage}`,
    `release architecture ${architecture}`,
    '',
  ].join('\n');

const panicText = (where: string): string =>
  [
    'panic: runtime error: invalid memory address or nil pointer dereference',
    '[signal SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x7a1f3c5]',
    '',
    'goroutine 1 [running]:',
    `github.com/openshift/installer/pkg/asset/agent/${where}(0x0)`,
    'main.main()',
    '',
  ].join('\n');

/** Writes the reason and gives the exit code. */
const fail = (error: unknown, log: Log): number => {
  if (error instanceof Panic) {
    writeSync(2, panicText(error.message));
    return 2;
  }
  log('fatal', error instanceof Error ? error.message : String(error));
  return error instanceof Refusal ? error.exitCode : 1;
};

type Create = typeof createUnconfiguredIgnition;

const commands: Readonly<Record<string, Create>> = {
  'unconfigured-ignition': createUnconfiguredIgnition,
  'config-image': createConfigImage,
};

const create = async (command: CommandLine, perform: Create): Promise<number> => {
  const log = openLog({ dir: command.dir, level: command.logLevel });
  try {
    await perform(command, embeddedSettings, log);
    return 0;
  } catch (error) {
    return fail(error, log);
  }
};

const run = async (): Promise<number> => {
  try {
    makeStartFolder();
    const traits = traitsOf[embeddedSettings.generation];
    const command = parseCommandLine(process.argv.slice(2), traits);
    const perform = commands[command.path.at(-1) ?? ''];
    if (!command.help && perform !== undefined) return await create(command, perform);
    const showsVersion = !command.help && command.path[0] === 'version';
    writeSync(1, showsVersion ? versionText(embeddedSettings) : helpText(command, traits, embeddedSettings.behaviour));
    return 0;
  } catch (error) {
    return fail(error, writeLine);
  }
};

run().then((code) => process.exit(code));
