import type { CarriedUnit } from '../host/host-file.ts';
import type { Ignition, IgnitionUnit } from './ignition.ts';

/** As systemd.time(7) names them, in seconds; without a unit a number counts seconds. */
const units: Readonly<Record<string, number>> = {
  '': 1,
  ...Object.fromEntries(['ms', 'msec'].map((unit) => [unit, 0.001])),
  ...Object.fromEntries(['s', 'sec', 'second', 'seconds'].map((unit) => [unit, 1])),
  ...Object.fromEntries(['m', 'min', 'minute', 'minutes'].map((unit) => [unit, 60])),
  ...Object.fromEntries(['h', 'hr', 'hour', 'hours'].map((unit) => [unit, 3_600])),
  ...Object.fromEntries(['d', 'day', 'days'].map((unit) => [unit, 86_400])),
};

const secondsIn = (span: string): number | undefined => {
  if (!/^(?:\d+(?:\.\d+)?\s*[a-z]*\s*)+$/.test(span)) return undefined;
  const parts = [...span.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]*)/g)];
  const seconds = parts.map(([, count, unit = '']) => Number(count) * (units[unit] ?? Number.NaN));
  const sum = seconds.reduce((total, part) => total + part, 0);
  return Number.isNaN(sum) ? undefined : Math.ceil(sum);
};

/**
 * The time after which systemd gives up starting a unit (seconds), from the text of the unit; undefined where it says
 * nothing of it: a unit of type oneshot then has no limit. What cannot be read counts as `infinity`, as does 0.
 */
const startLimitIn = (unit: string): number | 'infinity' | undefined => {
  const settings = unit.matchAll(/^[ \t]*Timeout(?:Start)?Sec[ \t]*=(.*)$/gm);
  const last = [...settings].at(-1)?.[1]?.trim();
  if (last === undefined || last === '') return undefined;
  return secondsIn(last) || 'infinity';
};

const limitLine = (text: string, waitSeconds: number): string => {
  const limit = startLimitIn(text);
  if (limit === undefined) return '';
  return `TimeoutStartSec=${limit === 'infinity' ? limit : limit + waitSeconds}\n`;
};

/** A unit whose drop-in waits, with the time limit of the unit that it adds to raised by as much: the wait counts too. */
export const withRaisedLimit = ({ waitSeconds, ...unit }: CarriedUnit, base?: Ignition): IgnitionUnit => {
  const below = base?.systemd?.units?.find(({ name }) => name === unit.name);
  if (waitSeconds === undefined || !below?.contents) return unit;
  const line = limitLine(below.contents, waitSeconds);
  return { ...unit, dropins: unit.dropins?.map(({ name, contents }) => ({ name, contents: contents + line })) };
};
