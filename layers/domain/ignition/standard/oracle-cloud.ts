import type { HostFile } from '../../host/host-file.ts';
import type { Unit } from './unit.ts';

const script = `#!/bin/bash
# On a machine of Oracle's cloud: runs the script that its owner gave it as user data. SYSTEM_ROOT stands before every path
# that is read; on a host it is empty.
set -euo pipefail

asset_tag="\${SYSTEM_ROOT:-}/sys/class/dmi/id/chassis_asset_tag"
if [[ ! -r $asset_tag || $(<"$asset_tag") != OracleCloud.com ]]; then
  echo "not a machine of Oracle's cloud"
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=$(curl --silent --show-error --location --noproxy '*' --max-time 30 \\
  --retry 5 --retry-delay 30 --retry-connrefused \\
  --header 'Authorization: Bearer Oracle' --output "$work/encoded" --write-out '%{http_code}' \\
  http://169.254.169.254/opc/v2/instance/metadata/user_data)

case $status in
  200) ;;
  404) echo 'this machine has no user data'; exit 0 ;;
  *) echo "the metadata service answers $status"; exit 1 ;;
esac

base64 --decode "$work/encoded" > "$work/script"
bash "$work/script"
`;

const unit = `[Unit]
Description=Run the script in the user data of a machine of Oracle's cloud
After=NetworkManager.service

[Service]
Type=oneshot
RemainAfterExit=yes
Environment=ASSISTED_INSTALLER_DISCOVERY_ENV=1
ExecStart=/usr/local/bin/oci-eval-user-data.sh
Restart=on-failure
RestartSec=30

[Install]
WantedBy=multi-user.target
`;

export const oracleCloudFiles: readonly HostFile[] = [
  { path: '/usr/local/bin/oci-eval-user-data.sh', mode: 0o755, text: script },
];

export const oracleCloudUnit: Unit = { name: 'oci-eval-user-data.service', enabled: true, contents: unit };
