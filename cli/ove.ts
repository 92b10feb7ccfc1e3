/** `ove release|iso|site|smoke …`: all commands of this project under one name. */
import { readFileSync } from 'node:fs';
import { isProgram, runProgram } from './program.ts';

const usage = `npx ove release | iso | site | smoke | completion

  release      what releases there are: npx ove release add 4.20.3
  iso          settings into a base ISO that you have: npx ove iso patch agent-ove.x86_64.iso --infra-env ID
  site         one file for each site: npx ove site apply site.yaml
  smoke        whether a deployed or local stack works: npx ove smoke --stack OveIgnition
  completion   for your shell: npx ove completion bash >> ~/.bashrc

  --help       of every command: npx ove site apply --help
  --version    of this project`;

const version = (): string => {
  const file = new URL('../package.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).version;
};

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const fail = (reason: string): void => {
  process.stderr.write(`ove: ${reason}: see \`npx ove --help\`\n`);
  process.exitCode = 1;
};

const complete = async (shell = ''): Promise<void> => {
  const { completionScript, isShell, shells } = await import('./completion.ts');
  if (isShell(shell)) say(completionScript(shell));
  else fail(`completion is for ${shells.join(', ')}`);
};

const [name = '--help', ...args] = process.argv.slice(2);

if (isProgram(name)) await runProgram(name, args);
else if (name === 'completion') await complete(args[0]);
else if (name === '--version') say(version());
else if (['--help', '-h', 'help'].includes(name)) say(usage);
else fail(`${name} is not one of release, iso, site, smoke, completion`);
