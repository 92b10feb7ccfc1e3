import { describe, expect, it } from 'vitest';
import { mirrorLayout, publicMirror } from '#adapters/release-mirror/mirror-layout.ts';
import type { ReleaseArchitecture } from '#domain/release/payload.ts';

const version = '4.20.3';

describe('a release on the client mirror', () => {
  it.each<[ReleaseArchitecture, string, string | undefined, string]>([
    ['x86_64', 'clients/ocp/4.20.3/', undefined, 'openshift-install-linux-4.20.3.tar.gz'],
    ['arm64', 'aarch64/clients/ocp/4.20.3/', undefined, 'openshift-install-linux-amd64-4.20.3.tar.gz'],
    ['ppc64le', 'ppc64le/clients/ocp/4.20.3/', undefined, 'openshift-install-linux-amd64-4.20.3.tar.gz'],
    ['s390x', 's390x/clients/ocp/4.20.3/', undefined, 'openshift-install-linux-amd64-4.20.3.tar.gz'],
    ['multi', 'multi/clients/ocp/4.20.3/', 'amd64/', 'openshift-install-linux-4.20.3.tar.gz'],
  ])('for %s is in %s', (architecture, folder, subfolder, archive) => {
    const layout = mirrorLayout({ mirror: publicMirror, version, architecture });
    expect(layout.folder).toBe(`https://mirror.openshift.com/pub/openshift-v4/${folder}`);
    expect(layout.subfolder).toBe(subfolder);
    expect(layout.archives[0]).toBe(archive);
  });

  it('is found below a private address with or without a slash at its end', () => {
    const at = (mirror: string) => mirrorLayout({ mirror, version, architecture: 'x86_64' }).folder;
    expect(at('http://mirror.lab/ocp')).toBe('http://mirror.lab/ocp/clients/ocp/4.20.3/');
    expect(at('http://mirror.lab/ocp//')).toBe(at('http://mirror.lab/ocp'));
  });
});
