import type { HostFile } from '../host/host-file.ts';

const executable = 0o755;

/** Prints a text on the consoles of a host, above the login prompt, and takes it away again. */
const consoleFunctions = `# SYSTEM_ROOT stands before every path; on a host it is empty.
root=\${SYSTEM_ROOT:-}
issue=$root/etc/issue.d/80-ove-ignition.issue

# Shows a text on the consoles; the same text is shown once.
show() {
  mkdir -p "\${issue%/*}"
  if [ ! -f "$issue" ] || [ "$(cat "$issue")" != "$1" ]; then
    echo "$1"
    printf '%s\\n' "$1" > "$issue"
    agetty --reload || true
  fi
}

clear_console() {
  if [ -f "$issue" ]; then
    rm -f "$issue"
    agetty --reload || true
  fi
}
`;

const waitForCluster = `#!/bin/sh
# Runs before the infra-env is registered on the rendezvous host. An infra-env that is registered while the cluster is not
# stays without it for good, and a registration that failed half-way must not be installed.
set -eu
${consoleFunctions}
until systemctl is-active --quiet agent-register-cluster.service; do
  show 'The cluster is not registered yet. If this stays: journalctl -u agent-register-cluster'
  sleep "\${WAIT_SECONDS:-5}"
done
clear_console
`;

const waitForHostIgnition = `#!/bin/sh
# Runs before the installation starts by itself. The ISO hands each host an ignition with the registry that the host needs
# once it has left the ISO; a host that is installed before that never finds its images.
set -eu
${consoleFunctions}
expected=$((\${REQUIRED_MASTER_NODES:-1} + \${REQUIRED_ARBITER_NODES:-0} + \${REQUIRED_WORKER_NODES:-0}))
hosts_url=\${SERVICE_BASE_URL%/}/api/assisted-install/v2/infra-envs/$INFRA_ENV_ID/hosts

# Prints how many hosts there are and how many of them have the ignition; nothing while the service does not answer.
count_hosts() {
  curl --silent --fail --max-time 30 --header "Authorization: \${USER_AUTH_TOKEN:-}" "$hosts_url" |
    jq --raw-output '[length, (map(select((.ignition_config_overrides // "") != "")) | length)] | @tsv' || true
}

while true; do
  counts=$(count_hosts)
  present=$(printf '%s' "$counts" | cut -f 1)
  ready=$(printf '%s' "$counts" | cut -f 2)
  if [ -n "$counts" ] && [ "$present" -ge "$expected" ] && [ "$ready" -eq "$present" ]; then
    break
  fi
  show "Waiting for $expected hosts: \${present:-0} are there, \${ready:-0} have what the ISO hands them.
If this stays: journalctl -u update-hosts -u apply-host-config"
  sleep "\${WAIT_SECONDS:-5}"
done
clear_console
`;

const guard = `#!/bin/sh
# Runs on the rendezvous host before the installation starts by itself, so that an ISO that was left in the drive does not
# install again over a cluster. A disk whose first boot is over holds an installed node: until then its boot partition has
# the file ignition.firstboot.
set -eu
${consoleFunctions}
mount_point=$(mktemp -d)
trap 'umount "$mount_point" 2>/dev/null || true; rmdir "$mount_point"' EXIT

# Whether the boot partition $1 belongs to a node that has started from it.
is_installed() {
  mount -o ro,norecovery "$1" "$mount_point" 2>/dev/null || return 1
  result=1
  if [ -d "$mount_point/loader/entries" ] && [ ! -e "$mount_point/ignition.firstboot" ]; then
    result=0
  fi
  umount "$mount_point"
  return "$result"
}

for partition in $(lsblk --noheadings --list --paths --output NAME,LABEL | awk '$2 == "boot" { print $1 }'); do
  if is_installed "$partition"; then
    show "This host is installed already ($partition), so nothing is installed again.
To keep it: take the ISO out of the drive and restart. To install over it: erase the disk, or set allow_reinstall of the
infra-env to true and boot the ISO that is made of it then."
    exit 1
  fi
done
`;

const script = (name: string, text: string): HostFile => ({ path: `/usr/local/bin/${name}`, mode: executable, text });

export const waitForClusterScript = script('ove-wait-for-cluster.sh', waitForCluster);
export const waitForHostIgnitionScript = script('ove-wait-for-host-ignition.sh', waitForHostIgnition);
export const guardScript = script('ove-installation-guard.sh', guard);
