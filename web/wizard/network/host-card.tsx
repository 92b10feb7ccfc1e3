import { Button, Card, CardBody, CardHeader, CardTitle, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { isInteractive } from '../draft/draft.ts';
import { useForm } from '../form.ts';
import { besidesNetwork, type HostDraft, type HostProps } from './host-draft.ts';
import { HostFields } from './host-fields.tsx';
import { macLines, networkOf } from './host-network.ts';
import { HostOnSite } from './host-on-site.tsx';
import { hostOf } from './host-reading.ts';
import { HostYaml } from './host-yaml.tsx';

const asYaml = (host: HostDraft): HostDraft => {
  const { network_yaml: text, mac_interface_map } = networkOf(host);
  return { ...host, yaml: { text, macs: macLines(mac_interface_map) } };
};

/** Its fields where they say the same as the YAML. */
const asFields = (host: HostDraft): HostDraft => ({ ...hostOf(networkOf(host)), ...besidesNetwork(host) });

export const HostCard = ({ at, host, change, remove }: HostProps & { readonly remove: () => void }) => {
  const { draft, problems, isVisited, visit } = useForm();
  const problem = isVisited(`host ${at}`) ? problems.get(`host ${at}`) : undefined;
  const isYaml = host.yaml !== undefined;
  const title = `Host ${at + 1}${host.hostname === '' ? '' : `: ${host.hostname}`}`;
  return (
    <Card isCompact component="section" aria-label={title} onBlur={() => visit([`host ${at}`])}>
      <CardHeader
        actions={{
          actions: (
            <>
              <ToggleGroup isCompact aria-label={`View of host ${at + 1}`}>
                <ToggleGroupItem text="Fields" isSelected={!isYaml} onChange={() => isYaml && change(asFields(host))} />
                <ToggleGroupItem text="YAML" isSelected={isYaml} onChange={() => !isYaml && change(asYaml(host))} />
              </ToggleGroup>
              <Button variant="link" isDanger size="sm" onClick={remove} aria-label={`Remove host ${at + 1}`}>
                Remove
              </Button>
            </>
          ),
        }}
      >
        <CardTitle component="h3">{title}</CardTitle>
      </CardHeader>
      <CardBody>
        {isYaml ? (
          <HostYaml at={at} host={host} change={change} />
        ) : (
          <HostFields at={at} host={host} change={change} isVisited={problem !== undefined} />
        )}
        {!isInteractive(draft) && <HostOnSite at={at} host={host} change={change} isVisited={problem !== undefined} />}
        {problem !== undefined && (
          <p className="ove-problem ove-error" role="alert">
            {problem}
          </p>
        )}
      </CardBody>
    </Card>
  );
};
