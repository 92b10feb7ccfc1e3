import { execa } from 'execa';
import * as z from 'zod';
import { functionMetadata } from '#cdk/service-function.ts';
import { keyArn, macKeyArn } from '#emulators/kms/kms-server.ts';
import { functionBundle } from '#local/function-bundle.ts';
import { functionsIn } from '#local/functions.ts';
import { templateOf } from '#local/local-options.ts';
import { ms, row } from './markdown-table.ts';
import { median } from './statistics.ts';

interface Imported {
  readonly name: string;
  /** URL of its module. */
  readonly module: string;
  readonly variables: Readonly<Record<string, string>>;
}

const measured = z.object({ milliseconds: z.number(), cpu: z.number() });
type Measured = z.infer<typeof measured>;

const script = `
  const before = process.cpuUsage();
  const started = performance.now();
  await import(process.argv[1]);
  const milliseconds = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ milliseconds, cpu: (user + system) / 1000 }));
  process.exit();
`;

const emptyHandler = {
  name: 'an empty handler',
  module: 'data:text/javascript,export const handler = async () => ({});',
  variables: {},
};

const variablesSchema = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.string()) }) });

/** The functions as they are deployed, with the environment that the template gives them. */
const deployed = (): Promise<readonly Imported[]> => {
  const template = templateOf({ dataDir: '', port: 0, installers: [] }, { keyArn, macKeyArn });
  return Promise.all(
    functionsIn(template).map(async ({ metadata, properties }) => {
      const name = z.string().parse(metadata[functionMetadata]);
      const variables = variablesSchema.parse(properties).Environment.Variables;
      return { name, module: await functionBundle(name), variables };
    }),
  );
};

const importOnce = async ({ module, variables }: Imported): Promise<Measured> => {
  const env = { AWS_REGION: 'us-east-1', ...variables };
  const options = ['--input-type=module', '--eval', script, module];
  const { stdout } = await execa(process.execPath, options, { env, extendEnv: false });
  return measured.parse(JSON.parse(stdout));
};

const rounds = 9;

/**
 * What the first request after a cold start waits for before its handler is called: the import of the function's code in a
 * Node of its own, without a compile cache, as in Lambda.
 */
export const reportColdStarts = async (): Promise<void> => {
  const all = [emptyHandler, ...(await deployed())];
  const results = new Map<string, Measured[]>(all.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const imported of all) results.get(imported.name)?.push(await importOnce(imported));
  }
  console.log(`\nImport of a function's code, median of ${rounds} in turns:`);
  console.log(row(['function', 'ms', 'CPU ms']));
  console.log(row(['---', '---', '---']));
  for (const [name, runs] of results) {
    console.log(
      row([name, ms(median(runs.map(({ milliseconds }) => milliseconds))), ms(median(runs.map(({ cpu }) => cpu)))]),
    );
  }
};
