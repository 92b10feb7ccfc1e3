interface SshSettings {
  readonly ssh_authorized_key?: string | undefined;
}

/** The keys of an `ssh_authorized_key`: one per line, without blank lines and repetitions, in the given order. */
export const sshKeysOf = ({ ssh_authorized_key = '' }: SshSettings): string[] => {
  const lines = ssh_authorized_key.split('\n').map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
};

/**
 * In infraenv.yaml. The binary makes one entry of a key's value with several lines; the merge sets the entries of user core.
 * This copy, from which the service on the rendezvous host takes its keys, is split at the lines there.
 */
export const sshSpec = (settings: SshSettings) => {
  const keys = sshKeysOf(settings);
  return keys.length === 0 ? {} : { sshAuthorizedKey: keys.join('\n') };
};
