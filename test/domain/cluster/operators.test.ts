import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bundleCatalogue } from '#domain/catalogues/bundle-catalogue.ts';
import { operatorCatalogue } from '#domain/catalogues/operator-catalogue.ts';
import { namedOperators } from '#domain/cluster/named-operators.ts';
import { checkOperators, clusterOperators, normalisedOperators } from '#domain/cluster/operators.ts';
import { refusalOf } from '../values/refusal.ts';

interface Given {
  readonly operators?: readonly string[];
  readonly bundles?: readonly { id: string; optional_operators?: readonly string[] }[];
  readonly mode?: 'Full' | 'None';
}

const asked = ({ operators = [], bundles = [], mode = 'Full' }: Given) => ({
  olm_operators: operators.map((name) => ({ name })),
  operator_bundles: bundles,
  high_availability_mode: mode,
});

const namesOf = (given: Given) => clusterOperators(asked(given)).map(({ name }) => name);

describe('operators asked for by name', () => {
  test.each<[Given, readonly string[]]>([
    [{ operators: ['odf'] }, ['odf', 'lso']],
    [{ operators: ['mtv'] }, ['mtv', 'cnv']],
    [{ operators: ['amd-gpu'] }, ['amd-gpu', 'node-feature-discovery', 'kmm']],
    [{ operators: ['cluster-observability'] }, ['cluster-observability', 'openshift-logging', 'loki']],
    [{ operators: ['openshift-ai'] }, ['openshift-ai']],
    [{ operators: ['openshift-ai'], mode: 'None' }, ['openshift-ai', 'lvm']],
  ])('%j bring what they need', (given, expected) => {
    expect(namesOf(given)).toEqual(expected);
  });

  test.each<[string, Given, readonly string[], readonly string[]]>([
    ['without what they bring', { operators: ['odf', 'nmstate'] }, [], ['odf', 'nmstate']],
    ['without those of a bundle', { operators: ['lvm'], bundles: [{ id: 'virtualization' }] }, [], ['lvm']],
    ['with those of a bundle that a file names', { bundles: [{ id: 'virtualization' }] }, ['cnv'], ['cnv']],
  ])('are read from the answer %s', (_, given, names, expected) => {
    const shown = clusterOperators(asked(given)).map(({ source_bundles: bundles, ...operator }) => ({
      ...operator,
      operator_type: 'olm',
      source_bundles: bundles.length === 0 ? null : bundles,
    }));
    const all = [{ name: 'console', operator_type: 'builtin' }, ...shown];
    expect(namedOperators(all, names).map(({ name }) => name)).toEqual(expected);
  });

  test('a dependency is marked, unless it was asked for too', () => {
    const marks = (operators: readonly string[]) =>
      clusterOperators(asked({ operators })).map(({ name, dependency_only }) => [name, dependency_only]);
    expect(marks(['odf'])).toEqual([
      ['odf', false],
      ['lso', true],
    ]);
    expect(marks(['odf', 'lso'])).toEqual([
      ['odf', false],
      ['lso', false],
    ]);
  });

  test('the alias ocs means odf; of repetitions the first counts', () => {
    expect(normalisedOperators([{ name: 'ocs', properties: '{}' }, { name: 'odf' }, { name: 'lso' }])).toEqual([
      { name: 'odf', properties: '{}' },
      { name: 'lso' },
    ]);
  });
});

describe('operators of bundles', () => {
  test('name their bundle', () => {
    const operators = clusterOperators(asked({ operators: ['cnv'], bundles: [{ id: 'virtualization' }] }));
    expect(operators.map(({ name }) => name).toSorted()).toEqual(
      [...(bundleCatalogue.get('virtualization')?.operators ?? [])].toSorted(),
    );
    expect(operators.every(({ source_bundles }) => source_bundles.join() === 'virtualization')).toBe(true);
  });

  test('on a single node leave out storage and the service mesh', () => {
    const bundles = [{ id: 'openshift-ai', optional_operators: ['nvidia-gpu'] }];
    expect(namesOf({ bundles, mode: 'None' })).toEqual([
      'pipelines',
      'openshift-ai',
      'nvidia-gpu',
      'lvm',
      'node-feature-discovery',
    ]);
  });
});

describe('operators that are refused', () => {
  test.each<[Given, string, string | undefined]>([
    [{ operators: ['x'] }, 'x86_64', "operator x isn't supported"],
    [{ operators: ['numa-resources'] }, 'x86_64', "operator numa-resources isn't supported"],
    [{ bundles: [{ id: 'x' }] }, 'x86_64', "bundle 'x' is not supported"],
    [
      { bundles: [{ id: 'openshift-ai', optional_operators: ['lso'] }] },
      'x86_64',
      "operator 'lso' is not a valid optional operator for bundle 'openshift-ai'",
    ],
    [
      { operators: ['odf'] },
      'arm64',
      'OpenShift Data Foundation is not available when arm64 CPU architecture is selected',
    ],
    [
      { operators: ['mtv'] },
      's390x',
      'Migration Toolkit for Virtualization is not available when s390x CPU architecture is selected',
    ],
    [{ operators: ['odf'] }, 'multi', undefined],
    [{ operators: ['odf'] }, 'x86_64', undefined],
  ])('%j on %s', (given, architecture, expected) => {
    expect(refusalOf(() => checkOperators(asked(given), architecture))).toBe(expected);
  });
});

describe('properties', () => {
  const known = [...operatorCatalogue.keys()];

  test('every name in the catalogues is in the catalogue of operators', () => {
    const named = [
      ...[...operatorCatalogue.values()].flatMap(({ needs, needsOnSingleNode = [] }) => [
        ...needs,
        ...needsOnSingleNode,
      ]),
      ...[...bundleCatalogue.values()].flatMap(({ operators, optional }) => [...operators, ...optional]),
    ];
    expect(named.filter((name) => !operatorCatalogue.has(name))).toEqual([]);
  });

  test('what a cluster has is closed under needs, without repetitions', () => {
    fc.assert(
      fc.property(fc.subarray(known), fc.constantFrom('Full' as const, 'None' as const), (operators, mode) => {
        const names = namesOf({ operators, mode });
        expect(new Set(names).size).toBe(names.length);
        expect(namesOf({ operators: names, mode }).toSorted()).toEqual(names.toSorted());
      }),
    );
  });
});
