import { readFileSync } from 'node:fs';
import { dump, load } from 'js-yaml';
import { connectionFile } from '#local/sample-release/openshift-install/network-files.ts';
import { mappingsAt, textAt } from '#local/sample-release/openshift-install/shape.ts';
import { checkState, NmstateError, readState, unknownTypes } from './network-state.ts';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const fail = (exitCode: number, message: string): never => {
  console.error(message);
  process.exit(exitCode);
};

const log = (level: string, module: string, message: string): void =>
  console.error(`[${new Date().toISOString().slice(0, 19)}Z ${level.padEnd(5)} ${module}] ${message}`);

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8').replaceAll('\u00A0', ' ');
  } catch (error) {
    return fail(1, `std::io::Error: ${reasonOf(error)}`);
  }
};

const stateOf = (text: string) => {
  try {
    return readState(load(text));
  } catch (error) {
    return fail(1, `Provide file is not valid NetworkState or NetworkPolicy: ${reasonOf(error)}`);
  }
};

const generate = (path: string): string => {
  const state = stateOf(read(path));
  for (const type of unknownTypes(state)) log('WARN', 'nmstate::iface', `Unsupported interface type ${type}`);
  checkState(state);
  const keyfiles = mappingsAt(state, 'interfaces')
    .filter((entry) => textAt(entry, 'state') !== 'absent')
    .map((entry) => [`${textAt(entry, 'name')}.nmconnection`, connectionFile(state, entry)]);
  return dump({ NetworkManager: keyfiles });
};

const main = ([command, path]: readonly string[]): void => {
  if (command !== 'gc') fail(2, `error: Found argument '${command ?? ''}' which wasn't expected`);
  if (path === undefined) fail(2, 'error: The following required arguments were not provided:\n    <STATE_FILE>');
  log('INFO', 'nmstatectl', 'Nmstate version: 2.2.57');
  try {
    process.stdout.write(`${generate(path ?? '')}\n`);
  } catch (error) {
    if (!(error instanceof NmstateError)) throw error;
    log('ERROR', 'nmstate::ifaces', error.message);
    fail(1, `NmstateError: ${error.message}`);
  }
};

main(process.argv.slice(2));
