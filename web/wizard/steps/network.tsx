import { Alert, Button } from '@patternfly/react-core';
import { useState } from 'react';
import { reasonOf } from '../../api/refusal.ts';
import { isInteractive } from '../draft/draft.ts';
import { FromFile } from '../fields/from-file.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useForm } from '../form.ts';
import { HostCard } from '../network/host-card.tsx';
import { emptyHost, type HostDraft } from '../network/host-draft.ts';
import { isNamed } from '../network/host-to-store.ts';
import { csvHeader, hostsIn } from '../network/hosts-csv.ts';
import { StepPage } from './step-page.tsx';

const FromCsv = ({ add }: { readonly add: (hosts: readonly HostDraft[]) => void }) => {
  const [problem, setProblem] = useState<string>();
  const read = (text: string) => {
    try {
      add(hostsIn(text));
      setProblem(undefined);
    } catch (error) {
      setProblem(reasonOf(error));
    }
  };
  return (
    <div>
      <FromFile label="Hosts as CSV" text="Add hosts from a CSV file" read={read} />
      <p className="ove-quiet">
        A CSV file has a host per line, below the line <code>{csvHeader}</code>; columns that you do not need can be
        left out.
      </p>
      {problem !== undefined && <Alert component="h3" variant="danger" isInline title={problem} />}
    </div>
  );
};

export const Network = () => {
  const { draft, problems, isVisited, setHosts } = useForm();
  const { hosts } = draft;
  const problem = isVisited('static_network_config') ? problems.get('static_network_config') : undefined;
  return (
    <StepPage
      title="How do the hosts reach each other?"
      text="Hosts that are not listed get their addresses on the network (DHCP)."
    >
      {problem !== undefined && <Alert component="h3" variant="danger" isInline title={problem} />}
      {hosts.map((host, at) => (
        <HostCard
          // biome-ignore lint/suspicious/noArrayIndexKey: a host is known by its place, as in the API
          key={at}
          at={at}
          host={host}
          change={(next) => setHosts(hosts.with(at, next))}
          remove={() => setHosts(hosts.toSpliced(at, 1))}
        />
      ))}
      {isInteractive(draft) && hosts.some(isNamed) && (
        <p className="ove-quiet">
          Names, roles and disks of hosts do not go into an ISO whose cluster is entered on site by hand. Choose another
          way on the step Cluster and installation.
        </p>
      )}
      <div className="ove-actions">
        <Button variant="secondary" onClick={() => setHosts([...hosts, emptyHost])}>
          Add a host
        </Button>
      </div>
      <FromCsv add={(more) => setHosts([...hosts, ...more])} />
      <TextField
        name="rendezvous_ip"
        label="Rendezvous address"
        placeholder="192.0.2.10"
        help="Of the host that leads the installation. Without one, the first static address."
      />
      {hosts.length > 0 && (
        <TextField
          name="network_discovery_delay_seconds"
          label="Seconds to wait for network cards"
          type="number"
          placeholder="0"
        />
      )}
    </StepPage>
  );
};
