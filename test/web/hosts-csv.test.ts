import { describe, expect, it } from 'vitest';
import { emptyHost } from '#web/wizard/network/host-draft.ts';
import { csvHeader, hostsIn } from '#web/wizard/network/hosts-csv.ts';

const macs = ['52:54:00:00:00:01', '52:54:00:00:00:02'] as const;

describe('a CSV file of hosts', () => {
  it('has a host per line, its columns in any order', () => {
    expect(hostsIn(`address,mac\n192.0.2.10/24,${macs[0]}\n\n192.0.2.11/24,${macs[1]}\n`)).toEqual([
      { ...emptyHost, mac: macs[0], address: '192.0.2.10/24' },
      { ...emptyHost, mac: macs[1], address: '192.0.2.11/24' },
    ]);
  });

  it('can have all columns', () => {
    const line = `master-0,master,${macs[0]},192.0.2.10/24,192.0.2.1,192.0.2.53,100,${macs[1]},802.3ad,/dev/sda`;
    expect(hostsIn(`${csvHeader}\n${line}`).map((host) => Object.values(host).join(','))).toEqual([line]);
  });

  it('is taken as spreadsheets write it: semicolons, a byte order mark, CRLF, quotation marks', () => {
    expect(hostsIn(`\uFEFFMAC;dns\r\n${macs[0]};192.0.2.53\r\n`)).toEqual([
      { ...emptyHost, mac: macs[0], dns: '192.0.2.53' },
    ]);
    expect(hostsIn(`mac,dns\n${macs[0]},"192.0.2.53, 192.0.2.54"`)).toEqual([
      { ...emptyHost, mac: macs[0], dns: '192.0.2.53, 192.0.2.54' },
    ]);
  });

  it('may leave any cell empty, the first one too, and may have empty lines', () => {
    expect(hostsIn(`hostname,mac,dns,\n,${macs[0]},192.0.2.53\n,,\nnode-1,${macs[1]},\n`)).toEqual([
      { ...emptyHost, mac: macs[0], dns: '192.0.2.53' },
      { ...emptyHost, hostname: 'node-1', mac: macs[1] },
    ]);
  });

  it.each([';', '\t'])('has commas in its cells where %j is between them', (separator) => {
    const lines = [
      ['mac', 'dns', 'vlan'],
      [macs[0], '192.0.2.53, 192.0.2.54', '7'],
      ['', '', ''],
    ];
    expect(hostsIn(lines.map((cells) => cells.join(separator)).join('\r\n'))).toEqual([
      { ...emptyHost, mac: macs[0], dns: '192.0.2.53, 192.0.2.54', vlan: '7' },
    ]);
  });

  it.each([
    ['mac,MAC\n', 'line 1: the column mac is there twice'],
    [`mac\n\n${macs[1]},x`, 'line 3: it has more cells than the first line'],
    ['', 'line 1: there is no column mac'],
    ['mac,ip\n', 'line 1: ip is not one of the columns'],
    ['address\n192.0.2.10/24', 'line 1: there is no column mac'],
    [`mac\n${macs[0]}\n${macs[1]},x`, 'line 3: it has more cells than the first line'],
  ])('is refused by its line: %j', (text, reason) => {
    expect(() => hostsIn(text)).toThrow(reason);
  });
});
