/** The keys of an `ssh_authorized_key`: one per line, without blank lines and repetitions, in the given order. */
export const sshKeysOf = ({ ssh_authorized_key = '' }: { ssh_authorized_key?: string | undefined }): string[] => {
  const lines = ssh_authorized_key.split('\n').map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
};
