import { describe, expect, it } from 'vitest';
import { parseIgnition } from '#domain/ignition/ignition.ts';
import { ignitionVersions } from '#domain/values/ignition/versions.ts';

const withParts = (parts: object) => JSON.stringify({ ignition: { version: '3.2.0' }, ...parts });

describe('reading an ignition', () => {
  it.each(ignitionVersions)('version %s is read', (version) => {
    expect(parseIgnition(JSON.stringify({ ignition: { version } }))).toEqual({ ignition: { version } });
  });

  it('what it does not touch stays as it came', () => {
    const document = {
      ignition: { version: '3.2.0', timeouts: { httpTotal: 5 } },
      storage: { files: [{ path: '/a', append: [{ source: 'data:,x' }], group: { id: 1 } }], raid: [{ name: 'r' }] },
      systemd: { units: [{ name: 'a.service', enabled: true, contents: '[Unit]' }] },
      kernelArguments: { shouldExist: ['a'] },
    };
    expect(parseIgnition(JSON.stringify(document))).toEqual(document);
  });

  it.each([
    ['not JSON', '{"ignition":', 'is not JSON'],
    ['no object', '[]', 'at its root'],
    ['no version', '{"ignition":{}}', 'at ignition.version'],
    ['version 2', '{"ignition":{"version":"2.2.0"}}', 'at ignition.version'],
    ['a version to come', '{"ignition":{"version":"3.6.0"}}', 'at ignition.version'],
    ['a relative path', withParts({ storage: { files: [{ path: 'etc/a' }] } }), 'at storage.files.0.path'],
    ['a mode as text', withParts({ storage: { files: [{ path: '/a', mode: '0644' }] } }), 'at storage.files.0.mode'],
    ['a unit without name', withParts({ systemd: { units: [{}] } }), 'at systemd.units.0.name'],
    [
      'keys that are no list',
      withParts({ passwd: { users: [{ name: 'core', sshAuthorizedKeys: 'k' }] } }),
      'at passwd',
    ],
  ])('%s is refused, naming the place', (_, text, place) => {
    expect(() => parseIgnition(text)).toThrow(place);
  });

  it('a refusal quotes nothing of the document', () => {
    const refused = ['{"auth":"canary" x', withParts({ storage: { files: [{ path: 'canary' }] } })];
    for (const text of refused) {
      expect(() => parseIgnition(text)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('canary') }),
      );
    }
  });
});
