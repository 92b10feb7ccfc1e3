import type { Variable } from '../../release/installer-profile.ts';
import type { Ignition } from '../ignition.ts';
import { type Assignment, variablesIn, withVariables } from '../variables.ts';

interface Inventions {
  /** Variables that each run sets to a value of its own. */
  readonly invented: readonly Variable[];
  /** Paths of files, and names of parts, that differ otherwise. */
  readonly unsteady: readonly string[];
}

const keyOf = ({ path, name }: Variable): string => `${path} ${name}`;

/** A name that a file has several times is no variable of its own: `DefaultEnvironment=` of systemd, a script's. */
const valuesIn = (variables: readonly Assignment[]): ReadonlyMap<string, string> => {
  const byKey = Map.groupBy(variables, keyOf);
  return new Map(
    [...byKey].flatMap(([key, [first, ...others]]) => (first && others.length === 0 ? [[key, first.value]] : [])),
  );
};

const inventedIn = (one: readonly Assignment[], other: readonly Assignment[]): readonly Variable[] => {
  const [values, others] = [valuesIn(one), valuesIn(other)];
  const differs = (variable: Assignment): boolean => {
    const [value, otherValue] = [values, others].map((each) => each.get(keyOf(variable)));
    return value !== undefined && otherValue !== undefined && value !== otherValue;
  };
  return one.filter(differs).map(({ path, name }) => ({ path, name }));
};

const textsOf = ({ storage, ...rest }: Ignition, invented: readonly Variable[]): ReadonlyMap<string, string> => {
  const plain = invented.map((variable) => ({ ...variable, value: '' }));
  const { files, ...others } = storage ?? {};
  const parts = Object.entries({ ...rest, ...others }).map(([name, part]) => [name, JSON.stringify(part)] as const);
  const texts = (files ?? []).map((file) => [file.path, JSON.stringify(withVariables(file, plain))] as const);
  return new Map([...parts, ...texts]);
};

/** What two runs with equal inputs make differently. */
export const inventionsIn = (one: Ignition, other: Ignition): Inventions => {
  const invented = inventedIn(variablesIn(one), variablesIn(other));
  const [texts, otherTexts] = [textsOf(one, invented), textsOf(other, invented)];
  const names = [...new Set([...texts.keys(), ...otherTexts.keys()])];
  return { invented, unsteady: names.filter((name) => texts.get(name) !== otherTexts.get(name)) };
};
