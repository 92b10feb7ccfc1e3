import { Icon, Progress, Spinner } from '@patternfly/react-core';
import { CheckCircleIcon, ExclamationCircleIcon } from '@patternfly/react-icons';
import { infraEnvIdleSeconds } from '#domain/infra-env/infra-env.ts';
import type { InfraEnv } from '../api/infra-envs.ts';
import type { IsoState } from '../api/iso-state.ts';
import { inWords } from './size.ts';

interface Props {
  readonly infraEnv: InfraEnv;
  readonly state: IsoState | undefined;
}

const endOfLife = ({ updated_at }: InfraEnv): string =>
  new Date(Date.parse(updated_at) + infraEnvIdleSeconds * 1_000).toLocaleDateString(undefined, { dateStyle: 'medium' });

const Preparing = ({ done, parts }: { readonly done?: number; readonly parts?: number }) =>
  parts === undefined || done === undefined ? (
    <span className="ove-state">
      <Spinner size="md" aria-label="Being prepared" /> Being prepared
    </span>
  ) : (
    <Progress
      value={(100 * done) / parts}
      title="Being prepared"
      valueText={`${done} of ${parts} parts`}
      size="sm"
      className="ove-progress"
    />
  );

const Failed = ({ reason }: { readonly reason: string }) => (
  <div>
    <span className="ove-state">
      <Icon status="danger">
        <ExclamationCircleIcon />
      </Icon>{' '}
      Failed
    </span>
    <p className="ove-reason">{reason}</p>
    <p className="ove-quiet">Edit the settings that it names; saving them prepares the ISO again.</p>
  </div>
);

const Ready = ({ infraEnv, has }: { readonly infraEnv: InfraEnv; readonly has: 'iso' | 'ignition' }) => (
  <div>
    <span className="ove-state">
      <Icon status="success">
        <CheckCircleIcon />
      </Icon>{' '}
      {has === 'iso' ? `Ready, ${inWords(infraEnv.size_bytes ?? 0)}` : 'Ignition ready'}
    </span>
    {has === 'ignition' && (
      <p className="ove-quiet">
        The service has no ISO of this release to put it into. Put it into one that you have, or let an operator add it
        with <code>npx ove release add-iso {infraEnv.openshift_version}</code>.
      </p>
    )}
    <p className="ove-quiet">Kept until {endOfLife(infraEnv)}, or longer if you change it</p>
  </div>
);

/** How far an ISO is. */
export const StateCell = ({ infraEnv, state }: Props) => {
  if (state === undefined) return <span className="ove-quiet">…</span>;
  if (state.name === 'preparing') return <Preparing {...state} />;
  if (state.name === 'failed') return <Failed reason={state.reason} />;
  return <Ready infraEnv={infraEnv} has={state.has} />;
};
