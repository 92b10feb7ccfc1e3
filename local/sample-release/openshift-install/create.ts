import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentFiles } from './agent-files.ts';
import { agentUnits } from './agent-units.ts';
import type { CommandLine } from './arguments.ts';
import { newAuthentication } from './authentication.ts';
import { type Configuration, loadConfiguration } from './configuration.ts';
import { configuredFiles, type Invented } from './configured-files.ts';
import { ignitionDocument } from './ignition.ts';
import { infraEnvFile } from './infra-env.ts';
import { deleteInputs, type Inputs, readInputs } from './inputs.ts';
import type { Log } from './log.ts';
import { misbehaveFirst, oddFiles, oddUnits, outputText } from './misbehaviour.ts';
import { sampleNotice } from './sample-notice.ts';
import type { Behaviour, Settings } from './settings.ts';
import { readState, writeState } from './state-file.ts';
import { type Traits, traitsOf } from './traits.ts';

const documentOf = (configuration: Configuration, settings: Settings, invented: Invented) =>
  ignitionDocument({
    sshAuthorizedKey: configuration.infraEnv.sshAuthorizedKey,
    files: [
      ...configuredFiles(configuration, settings, invented),
      ...agentFiles(),
      ...oddFiles(settings.behaviour),
      ...(settings.behaviour.isSample ? sampleNotice(settings.version) : []),
    ],
    units: [
      ...agentUnits(traitsOf[settings.generation], { staticNetwork: configuration.staticHosts.length > 0 }),
      ...oddUnits(settings.behaviour),
    ],
  });

const writeIgnition = (dir: string, text: string): string => {
  const file = join(dir, 'unconfigured-agent.ign');
  writeFileSync(file, text);
  chmodSync(file, 0o644);
  return file;
};

const authenticationFor = ({ foreignToken }: Behaviour) =>
  foreignToken ? { ...newAuthentication(), watcherToken: newAuthentication().watcherToken } : newAuthentication();

/** The infra-env of an examination has this name. */
const isExamined = ({ texts }: Inputs): boolean =>
  /^\s+"?name"?: "?examination"?$/m.test(texts.get(infraEnvFile) ?? '');

const behaviourTo = (inputs: Inputs, behaviour: Behaviour): Behaviour =>
  behaviour.sparesExamination && isExamined(inputs) ? {} : behaviour;

const invent = ({ authenticates }: Traits, behaviour: Behaviour): Invented => ({
  infraEnvId: crypto.randomUUID(),
  authentication: authenticates ? authenticationFor(behaviour) : undefined,
});

/**
 * `agent create unconfigured-ignition`. What a former run left in the directory's state file is used again: its inputs, what
 * it invented and, by G1, its `--interactive`. Throws a Refusal or a Panic; then the inputs are still there.
 */
export const createUnconfiguredIgnition = async (command: CommandLine, given: Settings, log: Log): Promise<void> => {
  const { dir } = command;
  const traits = traitsOf[given.generation];
  const former = readState(dir);
  const inputs = readInputs({ dir, traits, remembered: former?.inputs ?? {} });
  const settings = { ...given, behaviour: behaviourTo(inputs, given.behaviour) };
  const { behaviour, generation } = settings;
  await misbehaveFirst(behaviour);
  const interactive = generation === 'G1' && former ? former.interactive : command.interactive;
  const configuration = loadConfiguration({ inputs, settings, interactive, log });
  const invented = former ?? invent(traits, behaviour);
  log('debug', `Infra-env id ${invented.infraEnvId}`);

  const document = documentOf(configuration, settings, invented);
  const text = JSON.stringify(document);
  const written = outputText(text, behaviour);
  if (written !== undefined) log('info', `Unconfigured ignition: ${writeIgnition(dir, written)}`);
  writeState(dir, { ...invented, interactive, inputs: Object.fromEntries(inputs.texts) }, { document, text });
  deleteInputs(dir, inputs, behaviour.undeletable === true);
};
