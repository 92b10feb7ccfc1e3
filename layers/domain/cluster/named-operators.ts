/** An operator as the answer of a cluster shows it. */
interface ShownOperator {
  readonly name?: unknown;
  readonly operator_type?: unknown;
  readonly dependency_only?: unknown;
  readonly source_bundles?: unknown;
  readonly properties?: unknown;
}

interface NamedOperator {
  readonly name: string;
  readonly properties?: string;
}

/**
 * The `olm_operators` of a cluster, from its `monitored_operators`, which are all that it will have. Of one that a bundle brings,
 * the answer does not say whether it was named as well: it counts if it has properties, or is one of `names`.
 */
export const namedOperators = (
  shown: readonly ShownOperator[],
  names: readonly string[] = [],
): readonly NamedOperator[] =>
  shown.flatMap(({ name, operator_type, dependency_only, source_bundles, properties }) => {
    if (typeof name !== 'string' || operator_type !== 'olm' || dependency_only === true) return [];
    if (typeof properties === 'string' && properties !== '') return [{ name, properties }];
    return Array.isArray(source_bundles) && !names.includes(name) ? [] : [{ name }];
  });
