import type { HostFile } from '../../host/host-file.ts';

const removeDamagedImage = `#!/bin/sh
# Usage: agent-fix-bz1964591 IMAGE
# A machine that lost power may keep an image whose links are broken: podman knows it, but can neither list nor use it
# (bugzilla 1964591). It is removed here, so that it is pulled again.
set -u
podman image exists "$1" || exit 0
podman images >/dev/null 2>&1 && podman image inspect "$1" >/dev/null 2>&1 && exit 0
echo "the stored image $1 is damaged, removing it"
podman rmi --force "$1" || true
`;

const pullImage = `#!/bin/sh
# Usage: agent-pull-image IMAGE
# Pulls the image unless it is there, and does not give up: whoever watches the machine may still be plugging in its network.
set -u
pause=5
until podman image exists "$1" || podman pull "$1"; do
  echo "cannot pull $1, next try in $pause s"
  sleep "$pause"
  pause=$((pause * 2))
  [ "$pause" -le 300 ] || pause=300
done
`;

export const agentScripts: readonly HostFile[] = [
  { path: '/usr/local/bin/agent-fix-bz1964591', mode: 0o755, text: removeDamagedImage },
  { path: '/usr/local/bin/agent-pull-image', mode: 0o755, text: pullImage },
];
