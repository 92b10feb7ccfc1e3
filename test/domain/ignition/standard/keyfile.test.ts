import { describe, expect, it } from 'vitest';
import { withPriority } from '#domain/ignition/standard/keyfile.ts';

describe('a keyfile of NetworkManager', () => {
  it('is made one that comes before what NetworkManager makes up', () => {
    const keyfile = '[connection]\nautoconnect=false\nid=eth0\nautoconnect-priority=0\n\n[ipv4]\nmethod=auto\n';
    expect(withPriority(keyfile)).toBe(
      '[connection]\nautoconnect=true\nautoconnect-priority=1\nid=eth0\n\n[ipv4]\nmethod=auto\n',
    );
  });

  it('keeps what has the same name in another section, and everything around', () => {
    const keyfile = '# made by nmstate\n[match]\nautoconnect=x\n[connection]\nid=eth0';
    expect(withPriority(keyfile)).toBe(
      '# made by nmstate\n[match]\nautoconnect=x\n[connection]\nautoconnect=true\nautoconnect-priority=1\nid=eth0',
    );
  });

  it('without a connection is none', () => {
    expect(() => withPriority('[ipv4]\nmethod=auto\n')).toThrow('no section [connection]');
  });
});
