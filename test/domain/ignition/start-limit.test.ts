import { describe, expect, it } from 'vitest';
import type { Ignition } from '#domain/ignition/ignition.ts';
import { withRaisedLimit } from '#domain/ignition/start-limit.ts';

const wait = '[Service]\nExecStartPre=/usr/bin/sleep 30\n';
const waiting = { name: 'a.service', waitSeconds: 30, dropins: [{ name: '10-wait.conf', contents: wait }] };

const baseWith = (contents?: string): Ignition => ({
  ignition: { version: '3.2.0' },
  systemd: { units: [{ name: 'b.service' }, { name: 'a.service', ...(contents === undefined ? {} : { contents }) }] },
});

const raised = (base?: Ignition) => withRaisedLimit(waiting, base).dropins?.map(({ contents }) => contents);

describe('a wait before a unit starts', () => {
  it.each([
    ['TimeoutSec=60', 'TimeoutStartSec=90\n'],
    ['TimeoutSec=300', 'TimeoutStartSec=330\n'],
    ['TimeoutStartSec = 5min 30s', 'TimeoutStartSec=360\n'],
    ['TimeoutSec=60\nTimeoutStartSec=2m', 'TimeoutStartSec=150\n'],
    ['TimeoutStartSec=1500ms', 'TimeoutStartSec=32\n'],
    ['TimeoutSec=infinity', 'TimeoutStartSec=infinity\n'],
    ['TimeoutSec=0', 'TimeoutStartSec=infinity\n'],
    ['TimeoutSec=a while', 'TimeoutStartSec=infinity\n'],
    ['TimeoutSec=5 fortnights', 'TimeoutStartSec=infinity\n'],
    ['TimeoutSec=60\nTimeoutSec=', ''],
    ['TimeoutStopSec=60', ''],
  ])('is added to its time limit %j', (line, expected) => {
    const contents = `[Service]\nType=oneshot\n${line}\nExecStart=/bin/true\n`;
    expect(raised(baseWith(contents))).toEqual([wait + expected]);
  });

  it('sets no limit where the unit has none, has no text, or is not there', () => {
    expect(raised(baseWith('[Service]\nType=oneshot\n'))).toEqual([wait]);
    expect(raised(baseWith())).toEqual([wait]);
    expect(raised({ ignition: { version: '3.2.0' } })).toEqual([wait]);
    expect(raised()).toEqual([wait]);
  });

  it('is all that raises a limit', () => {
    const unit = { name: 'a.service', enabled: true };
    expect(withRaisedLimit(unit, baseWith('[Service]\nTimeoutSec=60\n'))).toEqual(unit);
  });
});
