import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Composition, compositionOf } from '#domain/composition/composition.ts';
import type { BaseIso } from '#domain/release/release.ts';
import { anInfraEnv } from '#test/fakes/records.ts';

const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;
const ignition = Buffer.from('{"ignition":{"version":"3.2.0"}}');
const infraEnv = anInfraEnv({ settings: { kernel_arguments: [{ operation: 'append', value: 'console=ttyS0' }] } });

/** A base ISO with its embed areas at shares of its size: the ignition's first, the others for kernel arguments. */
const aBaseIso = (size: number, [first = 0, ...others]: readonly number[]): BaseIso => {
  const offsetOf = (share: number) => Math.floor(share * (size - 20 * mebibyte));
  const areas = others.map((share, index) => ({
    path: `${index}.cfg`,
    offset: offsetOf(share) + (index + 1) * mebibyte,
    end: '\n',
    pad: '#',
  }));
  return {
    key: 'isos/4.20.0/base.iso',
    size,
    etag: '"base"',
    addedAt: '2026-01-01T00:00:00.000Z',
    layout: {
      volumeId: 'rhcos-9.6.20250826-1',
      volumeSize: size,
      ignition: { offset: offsetOf(first), length: 262_144 },
      kernelArguments: { default: '', present: 'quiet', size: 100, areas },
    },
  };
};

const compositionFor = (
  changes: { etag?: string; key?: string; ignition?: Buffer; infraEnv?: typeof infraEnv } = {},
) => {
  const { etag = '"base"', key = 'isos/4.20.0/base.iso', ...rest } = changes;
  return compositionOf({ infraEnv, ignition, baseIso: { ...aBaseIso(gibibyte, [0.5, 0]), etag, key }, ...rest });
};

const copiesOf = ({ plan }: Composition) => plan.filter(({ kind }) => kind === 'copy').length;

describe('the composition of an ISO', () => {
  it('copies parts of 64 MiB of the sizes that are seen', () => {
    const { plan } = compositionOf({ infraEnv, ignition, baseIso: aBaseIso(58e9, [0.5, 0, 0.001]) });
    expect(plan[10]).toMatchObject({ kind: 'copy' });
    expect((plan[10]?.end ?? 0) - (plan[10]?.start ?? 0)).toBe(64 * mebibyte);
  });

  // 7 events of an execution's history for a copy, and 3 more for each of its 5 further tries.
  it('has no more copies, however large it is, than the history of one execution takes', () => {
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 });
    const spread = shares.map((found) => [...new Set(found.map((share) => Math.round(share * 1e4) / 1e4))]);
    const sizes = fc.oneof(fc.integer({ min: 30 * gibibyte, max: 4096 * gibibyte }), fc.constant(61 * gibibyte));
    fc.assert(
      fc.property(sizes, spread, (size, places) => {
        fc.pre(places.length > 1);
        const copies = copiesOf(compositionOf({ infraEnv, ignition, baseIso: aBaseIso(size, places) }));
        expect(copies * (7 + 5 * 3)).toBeLessThan(25_000 - 200);
      }),
      { numRuns: 100 },
    );
  });

  it('has the same name for the same base ISO, ignition and kernel arguments, and else another', () => {
    const { key } = compositionFor();
    expect(compositionFor().key).toBe(key);
    expect(key).toMatch(new RegExp(`^isos/${infraEnv.id}/[0-9a-f]{64}\\.iso$`));
    const others = [
      compositionFor({ etag: '"another"' }),
      compositionFor({ key: 'isos/4.20.0/another.iso' }),
      compositionFor({ ignition: Buffer.from('{}') }),
      compositionFor({ infraEnv: { ...infraEnv, settings: {} } }),
    ].map((composition) => composition.key);
    expect(new Set([key, ...others]).size).toBe(5);
  });
});
