import { CommandFailure } from '#adapters/command-failure.ts';
import { failureLine } from '../failure-line.ts';

/** What to look at when a step fails. */
const looks = {
  health:
    'the log of the api function (locally what `npm start` prints), and whether the deployment has ended: `npm run diff`',
  'strangers are refused':
    'the authorizer of the HTTP API: was the stack deployed with jwtIssuer and jwtAudience, or with neither?',
  'the caller is accepted':
    "the token's issuer, audience and time in OVE_IGNITION_TOKEN, or for IAM the caller's right to execute-api:Invoke",
  release: '`npx ove release list`, and the log of the api function',
  registration:
    'the log of the api function, by the id of the request; then the last execution of the state machine disconnected-transition',
  ignition: 'the log of the ignition function, line `openshift-install failed`; then `npx ove release verify`',
  ISO: 'the last execution of the state machine prepare-media, and the log of the iso function',
  deletion: 'the log of the api function; what is left is named smoke-…, and expires by itself in 20 days',
} as const;

type StepName = keyof typeof looks;

/** Does one step, and shows what came of it. @throws CommandFailure that names the step */
export type Step = <T>(
  name: StepName,
  work: () => Promise<{ readonly found: string; readonly value: T }>,
) => Promise<T>;

const width = Math.max(...Object.keys(looks).map(({ length }) => length));

const line = (result: string, name: StepName | '', text: string): string =>
  `${result.padEnd(6)}  ${name.padEnd(width)}  ${text}`;

export const stepsShownBy =
  (say: (line: string) => void): Step =>
  async (name, work) => {
    try {
      const { found, value } = await work();
      say(line('ok', name, found));
      return value;
    } catch (cause) {
      say(line('FAILED', name, failureLine(cause, '').replace(/^: /, '')));
      say(line('', '', `look at ${looks[name]}`));
      throw new CommandFailure(`the step "${name}" failed`, { cause });
    }
  };
