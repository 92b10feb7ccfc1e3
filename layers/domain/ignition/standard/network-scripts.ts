import type { HostFile } from '../../host/host-file.ts';
import type { NetworkForm } from './network-files.ts';

const finding = `#!/bin/bash
# Read in by pre-network-manager-config.sh: finds out which folders of /etc/assisted/network are this machine's.
# SYSTEM_ROOT stands before every path; on a host it is empty.
set -euo pipefail
root=\${SYSTEM_ROOT:-}

# Names of this machine's network cards, by MAC address in lower case.
declare -A card_of=()

# The folders that are this machine's.
folders=()

# Where the connections belong: in the initramfs, where CoreOS takes them over from; else in NetworkManager's own folder.
in_initramfs() { [[ -e $root/etc/initrd-release ]]; }
connections=$root/etc/NetworkManager/system-connections
firstboot_connections=$root/etc/coreos-firstboot-network

find_cards() {
  local card mac
  # Some cards take their time: the infra-env says how long to wait for them.
  sleep "\${DISCOVERY_DELAY_SECONDS:-0}"
  for card in "$root"/sys/class/net/*; do
    # A bond, a bridge or a VLAN has the address of a card below it, and no device of its own.
    [[ -e $card/device && -r $card/address ]] || continue
    mac=$(<"$card/address")
    [[ -z $mac ]] || card_of["\${mac,,}"]=\${card##*/}
  done
}

# Calls $2 with logical name and card for each line \`mac=logical name\` of a table whose card this machine has.
for_own_cards() {
  local mac name
  while IFS='=' read -r mac name || [[ -n $mac ]]; do
    [[ -n $mac && -n \${card_of["\${mac,,}"]:-} ]] || continue
    "$2" "$name" "\${card_of["\${mac,,}"]}"
  done < "$1"
}

find_folders() {
  local table found
  has_card() { found=yes; }
  for table in "$root"/etc/assisted/network/host*/mac_interface.ini; do
    [[ -r $table ]] || continue
    found=
    for_own_cards "$table" has_card
    [[ -z $found ]] || folders+=("\${table%/*}")
  done
  if ((\${#folders[@]} == 0)); then
    echo 'no static network is meant for this machine'
    exit 0
  fi
  echo "the static network of this machine: \${folders[*]##*/}"
}
`;

const keyfileScript = `#!/bin/bash
# Runs before NetworkManager: installs the connections of this machine, with the names that its network cards really have.
. "\${SYSTEM_ROOT:-}/usr/local/bin/common_network_script.sh"

# By logical name.
declare -A real_names=()
add_real_name() { real_names["$1"]=$2; }

# A copy of a connection in which every value that is a logical name is the card's. All at once: a logical name may be the
# name of another card.
copy_connection() {
  local line value
  while IFS= read -r line || [[ -n $line ]]; do
    value=\${line#*=}
    if [[ $line == *=?* && -n \${real_names["$value"]:-} ]]; then
      line=\${line%%=*}=\${real_names["$value"]}
    fi
    printf '%s\\n' "$line"
  done < "$1" > "$2"
}

stage_folder() {
  local connection name target
  real_names=()
  for_own_cards "$1/mac_interface.ini" add_real_name
  for connection in "$1"/*.nmconnection; do
    [[ -e $connection ]] || continue
    name=$(basename "$connection" .nmconnection)
    target=$staging/\${real_names["$name"]:-$name}.nmconnection
    if [[ -e $target ]]; then
      echo "two connections of this machine are called $(basename "$target")" >&2
      exit 1
    fi
    copy_connection "$connection" "$target"
  done
}

find_cards
find_folders
umask 077
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
for folder in "\${folders[@]}"; do stage_folder "$folder"; done

destination=$connections
if in_initramfs; then destination=$firstboot_connections; fi
mkdir -p "$destination"
# What was made up for cards without a connection would otherwise stand beside these.
rm -f "$destination"/*.nmconnection
cp "$staging"/*.nmconnection "$destination"
`;

const nmstateScript = `#!/bin/bash
# Runs when NetworkManager is up: has NMState apply the network of this machine. NMState finds the cards itself.
. "\${SYSTEM_ROOT:-}/usr/local/bin/common_network_script.sh"

find_cards
find_folders
umask 077
mkdir -p "$root/etc/nmstate"
for folder in "\${folders[@]}"; do cp "$folder"/*.yml "$root/etc/nmstate"; done
"$root/usr/bin/nmstatectl" service

if in_initramfs; then
  # What NMState has made goes with this system: it is handed on to the one that is about to start.
  mkdir -p "$firstboot_connections"
  cp "$connections"/*.nmconnection "$firstboot_connections"
  "$root/usr/sbin/coreos-copy-firstboot-network"
fi
`;

const scripts = { keyfiles: keyfileScript, nmstate: nmstateScript } as const;

/** What makes a host's own network of the files of all hosts. */
export const networkScripts = (form: NetworkForm): readonly HostFile[] => [
  { path: '/usr/local/bin/common_network_script.sh', mode: 0o755, text: finding },
  { path: '/usr/local/bin/pre-network-manager-config.sh', mode: 0o755, text: scripts[form] },
];
