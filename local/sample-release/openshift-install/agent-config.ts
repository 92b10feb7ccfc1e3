import { isIPv4, isIPv6 } from 'node:net';
import { decodeManifest } from './manifest.ts';
import { agentConfigShape } from './manifest-shapes.ts';
import { refuseAsset } from './refusal.ts';
import { textAt } from './shape.ts';

export const agentConfigFile = 'agent-config.yaml';
const asset = 'Agent Config';

export interface AgentConfig {
  /** Empty when absent, else an IP address as it was written. */
  readonly rendezvousIP: string;
  /** What else is there that says something. */
  readonly furtherFields: readonly string[];
}

const further = ['additionalNTPSources', 'bootArtifactsBaseURL', 'hosts', 'minimalISO'];

const saysSomething = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** Go's idea of an IP address: no zone. */
export const isIp = (text: string): boolean => isIPv4(text) || (isIPv6(text) && !text.includes('%'));

/** Reads agent-config.yaml, of which only the rendezvous IP is checked. */
export const loadAgentConfig = (text: string): AgentConfig => {
  const config = decodeManifest({ asset, file: agentConfigFile, text, shape: agentConfigShape });
  const rendezvousIP = textAt(config, 'rendezvousIP');
  if (rendezvousIP !== '' && !isIp(rendezvousIP)) {
    const quoted = JSON.stringify(rendezvousIP);
    return refuseAsset(
      asset,
      `invalid Agent Config configuration: rendezvousIP: Invalid value: ${quoted}: ${quoted} is not a valid IP`,
    );
  }
  return { rendezvousIP, furtherFields: further.filter((name) => saysSomething(config[name])) };
};

/** What a build that takes a rendezvous IP alone says to everything else. */
export const refuseFurtherFields = ([field = '']: readonly string[]): never =>
  refuseAsset(
    asset,
    `invalid Agent Config configuration: ${field}: Forbidden: ${field} cannot be given for an unconfigured ignition`,
  );
