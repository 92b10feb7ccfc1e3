import * as z from 'zod';
import { transitions } from '#domain/cluster/transitions.ts';
import { definitionText, type MachineName } from '#statemachines/definition.ts';

const next = z.object({ Next: z.string() });

/** What a diagram shows of a definition in the Amazon States Language. */
const definitionSchema = z.object({
  StartAt: z.string(),
  States: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Next: z.string().optional(),
      End: z.boolean().optional(),
      Default: z.string().optional(),
      Choices: z.array(next).optional(),
      Catch: z.array(next.extend({ ErrorEquals: z.array(z.string()) })).optional(),
    }),
  ),
});

type State = z.infer<typeof definitionSchema>['States'][string];

const shortError = (names: readonly string[]): string =>
  [...new Set(names.map((name) => name.replace(/^\w+\./, '').replace(/Exception$/, '')))].join(', ');

const edges = (name: string, { Type, Next, End, Default, Choices = [], Catch = [] }: State): string[] => [
  ...(Next === undefined ? [] : [`${name} --> ${Next}`]),
  ...[...new Set(Choices.map((choice) => choice.Next))].map((target) => `${name} --> ${target}`),
  ...(Default === undefined ? [] : [`${name} --> ${Default}: otherwise`]),
  ...Catch.map((caught) => `${name} --> ${caught.Next}: ${shortError(caught.ErrorEquals)}`),
  ...(End === true || Type === 'Succeed' || Type === 'Fail' ? [`${name} --> [*]`] : []),
];

const mermaid = (lines: readonly string[]): string =>
  ['```mermaid', 'stateDiagram-v2', ...lines.map((line) => `  ${line}`), '```'].join('\n');

const stateMachineDiagram = (name: MachineName): string => {
  const { StartAt, States } = definitionSchema.parse(JSON.parse(definitionText(name)));
  return mermaid([`[*] --> ${StartAt}`, ...Object.entries(States).flatMap(([state, row]) => edges(state, row))]);
};

const statusDiagram = (): string =>
  mermaid([
    '[*] --> insufficient: kind Cluster',
    '[*] --> unmonitored: kind DisconnectedCluster',
    ...Object.entries(transitions).map(([name, { from, to }]) => `${from} --> ${to}: ${name}`),
  ]);

/** The diagrams of architecture.md by the name of the marker in front of each. */
export const diagrams: Readonly<Record<string, () => string>> = {
  status: statusDiagram,
  'disconnected-transition': () => stateMachineDiagram('disconnected-transition'),
  'prepare-media': () => stateMachineDiagram('prepare-media'),
};

/** The text with every diagram behind its marker `<!-- diagram: name -->` rewritten. */
export const withDiagrams = (text: string): string =>
  text.replaceAll(/<!-- diagram: ([\w-]+) -->\n```mermaid\n[\s\S]*?```/g, (_, name: string) => {
    const draw = diagrams[name];
    if (draw === undefined) throw new Error(`architecture.md: no diagram is called ${name}`);
    return `<!-- diagram: ${name} -->\n${draw()}`;
  });
