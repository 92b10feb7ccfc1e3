import { networkSecretsIn } from '#domain/ignition/network-secrets.ts';
import { holdsPrivateKey } from '#domain/values/ssh-key.ts';
import { type Draft, emptyDraft } from './draft.ts';

const key = 'ove-ignition draft';

/** A proxy may be given with a password. */
const withoutPassword = (url: string): string => (url.includes('@') ? '' : url);

const holdsSecret = (yaml: string): boolean => networkSecretsIn(yaml)?.length !== 0;

/** Somebody may have taken one for a public key or a certificate. */
const withoutPrivateKeys = (texts: Draft['texts']): Draft['texts'] =>
  Object.fromEntries(
    Object.entries(texts).map(([field, text]) => [field, holdsPrivateKey(text) ? '' : text]),
  ) as Draft['texts'];

/** What may stay in the browser: no pull secret, no override and no manifest, which may hold keys, no password of a proxy or a network. */
const withoutSecrets = ({ texts, hosts }: Draft): Draft => ({
  texts: {
    ...withoutPrivateKeys(texts),
    pull_secret: '',
    ignition_config_override: '',
    install_config_overrides: '',
    http_proxy: withoutPassword(texts.http_proxy),
    https_proxy: withoutPassword(texts.https_proxy),
  },
  hosts: hosts.map((host) =>
    host.yaml !== undefined && holdsSecret(host.yaml.text) ? { ...host, yaml: { ...host.yaml, text: '' } } : host,
  ),
  manifests: [],
});

/** Keeps a draft for the next time that the page is opened in this browser. */
export const keepDraft = (draft: Draft): void => localStorage.setItem(key, JSON.stringify(withoutSecrets(draft)));

export const forgetDraft = (): void => localStorage.removeItem(key);

/** The kept draft; an empty one where there is none, or one of another version of this page. */
export const keptDraft = (): Draft => {
  try {
    const kept: Partial<Draft> = JSON.parse(localStorage.getItem(key) ?? '{}');
    return { texts: { ...emptyDraft.texts, ...kept.texts }, hosts: kept.hosts ?? [], manifests: [] };
  } catch {
    return emptyDraft;
  }
};
