import { describe, expect, test } from 'vitest';
import { readDefinition } from '#emulators/step-functions/definition.ts';

const reading = (definition: object, substitutions: Record<string, string> = {}) =>
  readDefinition({ name: 'machine', type: 'EXPRESS', definition: JSON.stringify(definition), substitutions });

const pass = { Type: 'Pass', End: true };

/** Where a substitution goes. */
const placeholder = (name: string): string => `$\{${name}}`;

describe('a definition', () => {
  test('gets its substitutions put in, whatever characters they have', () => {
    const read = reading({ StartAt: 'A', States: { A: { ...pass, Result: placeholder('Name') } } }, { Name: 'a"b\\' });
    expect(read.States.A).toMatchObject({ Result: 'a"b\\' });
  });

  test('is refused when a substitution is missing', () => {
    expect(() => reading({ StartAt: 'A', States: { A: { ...pass, Result: placeholder('Name') } } })).toThrow(
      `state machine machine: nothing to put in place of ${placeholder('Name')}`,
    );
  });

  const map = (inner: object) => ({
    Type: 'Map',
    ItemProcessor: { StartAt: 'Inner', States: { Inner: inner } },
    End: true,
  });

  test.each([
    ['as a whole', { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: pass } }, 'the definition uses JSONata'],
    ['in a state', { StartAt: 'A', States: { A: { ...pass, QueryLanguage: 'JSONata' } } }, 'state A uses JSONata'],
    [
      'in a state inside',
      { StartAt: 'A', States: { A: map({ ...pass, QueryLanguage: 'JSONata' }) } },
      'state Inner uses JSONata',
    ],
    ['in its output', { StartAt: 'A', States: { A: { ...pass, Output: '{% 1 %}' } } }, 'state A has the field Output'],
    [
      'by its variables',
      { StartAt: 'A', States: { A: { ...pass, Assign: { a: 1 } } } },
      'state A has the field Assign',
    ],
  ])('in JSONata (%s) is refused', (_, definition, message) => {
    expect(() => reading(definition)).toThrow(message);
  });
});
