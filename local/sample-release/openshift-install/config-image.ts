import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { CommandLine } from './arguments.ts';
import { newAuthentication } from './authentication.ts';
import { configIso } from './config-iso.ts';
import { writeCpio } from './cpio-writer.ts';
import { deleteInputs, type Inputs, readTexts } from './inputs.ts';
import type { Log } from './log.ts';
import { reasonOf } from './manifest.ts';
import { misbehaveFirst } from './misbehaviour.ts';
import { checkNetworkYaml } from './nmstatectl.ts';
import type { Settings } from './settings.ts';
import { mappingAt, textAt } from './shape.ts';
import { siteArchive } from './site-archive.ts';
import { checkSite } from './site-checks.ts';
import {
  loadSite,
  refuseSite,
  type SiteConfiguration,
  siteAgentConfigFile,
  siteInstallConfigFile,
} from './site-configuration.ts';
import { hasState, writeSiteState } from './state-file.ts';
import { writeYaml } from './yaml.ts';

const manifestsIn = (dir: string): readonly string[] => {
  try {
    return readdirSync(join(dir, 'openshift'))
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => `openshift/${name}`);
  } catch {
    return [];
  }
};

const readSite = (dir: string): Inputs =>
  readTexts(dir, [siteInstallConfigFile, siteAgentConfigFile, ...manifestsIn(dir)]);

/** As a binary that is not made for FIPS. */
const checkFips = ({ install }: SiteConfiguration): void => {
  if (install.fips !== true || process.env.OPENSHIFT_INSTALL_SKIP_HOSTCRYPT_VALIDATION) return;
  refuseSite(
    'Install Config',
    'invalid install-config configuration: fips: Forbidden: target cluster is in FIPS mode, use the FIPS-capable installer binary',
  );
};

const checkNetworks = ({ hosts }: SiteConfiguration): void => {
  for (const [index, { networkConfig }] of hosts.entries()) {
    if (networkConfig === undefined) continue;
    try {
      checkNetworkYaml(writeYaml(networkConfig));
    } catch (error) {
      refuseSite('Agent Hosts', `failed to validate network yaml for host ${index}, ${reasonOf(error)}`);
    }
  }
};

const write = (dir: string, path: string, content: string | Buffer, mode: number): void => {
  mkdirSync(join(dir, path, '..'), { recursive: true });
  writeFileSync(join(dir, path), content);
  chmodSync(join(dir, path), mode);
};

const kubeconfig = ({ install }: SiteConfiguration): string => {
  const name = textAt(mappingAt(install, 'metadata'), 'name');
  const server = `https://api.${name}.${textAt(install, 'baseDomain')}:6443`;
  return `clusters:\n- cluster:\n    certificate-authority-data: ${randomBytes(64).toString('base64')}\n    server: ${server}\n  name: ${name}\nusers:\n- name: admin\n  user:\n    client-key-data: ${randomBytes(64).toString('base64')}\n`;
};

/** Four words of five characters. */
const newPassword = (): string =>
  Array.from({ length: 4 }, () => randomBytes(5).toString('base64url').slice(0, 5).replaceAll(/[-_]/g, 'x')).join('-');

/**
 * `agent create config-image`, the way of install-config.yaml and agent-config.yaml. Throws a Refusal; then the inputs are
 * still there. In a directory of another command it refuses, since that has consumed its inputs.
 */
export const createConfigImage = async ({ dir }: CommandLine, settings: Settings, log: Log): Promise<void> => {
  await misbehaveFirst(settings.behaviour);
  const inputs = readSite(dir);
  const site = loadSite(hasState(dir) ? { texts: new Map(), onDisk: [] } : inputs);
  checkFips(site);
  for (const warning of checkSite(site)) log('warning', warning);
  checkNetworks(site);
  const invented = { infraEnvId: crypto.randomUUID(), authentication: newAuthentication(), password: newPassword() };
  const archive = gzipSync(writeCpio(siteArchive({ site, settings, invented })));
  write(dir, 'agentconfig.noarch.iso', configIso('agent_configimage', 'config.gz', archive), 0o644);
  write(dir, 'auth/kubeadmin-password', invented.password, 0o640);
  write(dir, 'auth/kubeconfig', kubeconfig(site), 0o640);
  writeSiteState(dir, Object.fromEntries(inputs.texts));
  log('info', `Generated config image in ${dir}`);
  deleteInputs(dir, inputs, settings.behaviour.undeletable === true);
};
