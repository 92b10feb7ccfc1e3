import { bundleCatalogue } from '../catalogues/bundle-catalogue.ts';
import { operatorAliases, operatorCatalogue } from '../catalogues/operator-catalogue.ts';
import { invalid } from '../errors.ts';
import { excerpt } from '../values/printable.ts';
import type { HighAvailabilityMode } from './control-plane.ts';

interface AskedOperator {
  readonly name: string;
  readonly properties?: string;
}

export interface AskedBundle {
  readonly id: string;
  readonly optional_operators?: readonly string[];
}

interface Asked {
  readonly olm_operators: readonly AskedOperator[];
  readonly operator_bundles: readonly AskedBundle[];
}

interface AskedOnCluster extends Asked {
  /** Absent: Full. */
  readonly high_availability_mode?: HighAvailabilityMode;
}

/** An operator that the cluster will have. */
export interface ClusterOperator extends AskedOperator {
  /** Nobody asked for it, neither by name nor by a bundle: another operator needs it. */
  readonly dependency_only: boolean;
  /** The bundles that bring it. */
  readonly source_bundles: readonly string[];
}

/** Aliases replaced, repetitions dropped: of two entries the first counts. */
export const normalisedOperators = <Operator extends { readonly name: string }>(
  operators: readonly Operator[],
): Operator[] => {
  const byName = new Map<string, Operator>();
  for (const operator of operators) {
    const name = operatorAliases.get(operator.name) ?? operator.name;
    if (!byName.has(name)) byName.set(name, { ...operator, name });
  }
  return [...byName.values()];
};

/** The operators that a bundle brings. */
export const operatorsOfBundle = (bundle: AskedBundle, mode: HighAvailabilityMode): readonly string[] => {
  const row = bundleCatalogue.get(bundle.id);
  if (row === undefined) return [];
  const left = mode === 'None' ? row.notOnSingleNode : [];
  return [...row.operators.filter((name) => !left.includes(name)), ...(bundle.optional_operators ?? [])];
};

/** The operators that another one pulls in itself. */
export const needsOf = (name: string, mode: HighAvailabilityMode): readonly string[] => {
  const row = operatorCatalogue.get(name);
  return [...(row?.needs ?? []), ...(mode === 'None' ? (row?.needsOnSingleNode ?? []) : [])];
};

const withDependencies = (names: readonly string[], mode: HighAvailabilityMode): readonly string[] => {
  const all = new Set(names);
  // A set hands out what is added while it is walked, so this ends at the closure.
  for (const name of all) for (const needed of needsOf(name, mode)) all.add(needed);
  return [...all];
};

/**
 * Every operator that the cluster will have: first the ones asked for by name, then the bundles', then what those need.
 */
export const clusterOperators = (asked: AskedOnCluster): readonly ClusterOperator[] => {
  const { olm_operators, operator_bundles, high_availability_mode: mode = 'Full' } = asked;
  const bundles = operator_bundles.map((bundle) => ({ id: bundle.id, names: operatorsOfBundle(bundle, mode) }));
  const wanted = [...olm_operators.map(({ name }) => name), ...bundles.flatMap(({ names }) => names)];
  return withDependencies(wanted, mode).map((name) => ({
    ...(olm_operators.find((operator) => operator.name === name) ?? { name }),
    dependency_only: !wanted.includes(name),
    source_bundles: bundles.filter(({ names }) => names.includes(name)).map(({ id }) => id),
  }));
};

const checkBundle = ({ id, optional_operators = [] }: AskedBundle): void => {
  const row = bundleCatalogue.get(id);
  if (row === undefined) throw invalid(`bundle '${excerpt(id)}' is not supported`);
  const wrong = optional_operators.find((name) => !row.optional.includes(name));
  if (wrong !== undefined) {
    throw invalid(`operator '${excerpt(wrong)}' is not a valid optional operator for bundle '${id}'`);
  }
};

/**
 * Checks operators and bundles by name, and what they bring against the CPU architecture (assisted-service API).
 *
 * @param cpuArchitecture stored form; with `multi` every operator may be used
 * @throws InvalidInput
 */
export const checkOperators = (asked: AskedOnCluster, cpuArchitecture: string): void => {
  const unknown = asked.olm_operators.find(({ name }) => !operatorCatalogue.has(name));
  if (unknown !== undefined) throw invalid(`operator ${excerpt(unknown.name)} isn't supported`);
  for (const bundle of asked.operator_bundles) checkBundle(bundle);
  for (const { name } of clusterOperators(asked)) {
    const row = operatorCatalogue.get(name);
    if (row?.notOn?.includes(cpuArchitecture)) {
      throw invalid(`${row.title ?? name} is not available when ${cpuArchitecture} CPU architecture is selected`);
    }
  }
};
