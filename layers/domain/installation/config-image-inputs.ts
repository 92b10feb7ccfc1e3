import type { InputFile } from '../ignition/input-manifests.ts';
import { agentConfigInput } from './agent-config.ts';
import { installConfigInput } from './install-config.ts';
import type { Site } from './site.ts';

interface Inputs {
  readonly site: Site;
  /** JSON as the user gave it. */
  readonly pullSecret: string;
  readonly featureGates: readonly string[];
}

/**
 * The input files of `agent create config-image`, readable by their owner alone. In a folder of their own: with those of
 * `unconfigured-ignition` beside them the binary takes them for another way of describing a site. Networks stand in
 * agent-config.yaml, since some binaries drop a nmstateconfig.yaml beside it without a word.
 */
export const configImageInputs = (inputs: Inputs): readonly InputFile[] => [
  { path: 'install-config.yaml', content: installConfigInput(inputs), mode: 0o600 },
  { path: 'agent-config.yaml', content: agentConfigInput(inputs.site), mode: 0o600 },
  ...inputs.site.manifests.map(({ fileName, content }) => ({
    path: `openshift/${fileName}`,
    content: Buffer.from(content).toString('utf8'),
    mode: 0o600,
  })),
];
