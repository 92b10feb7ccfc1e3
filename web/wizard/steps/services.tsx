import { FormFieldGroupExpandable, FormFieldGroupHeader } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { TextField } from '../fields/text-field.tsx';
import { StepPage } from './step-page.tsx';

const Group = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <FormFieldGroupExpandable
    isExpanded
    toggleAriaLabel={title}
    header={<FormFieldGroupHeader titleText={{ text: title, id: `group-${title.replaceAll(' ', '-')}` }} />}
  >
    {children}
  </FormFieldGroupExpandable>
);

export const Services = () => (
  <StepPage title="What is there on site?" text="Leave out what the site does not have.">
    <Group title="Proxy">
      <TextField name="http_proxy" label="HTTP proxy" placeholder="http://proxy.example.org:3128" />
      <TextField name="https_proxy" label="HTTPS proxy" placeholder="http://proxy.example.org:3128" />
      <TextField
        name="no_proxy"
        label="Reached without it"
        placeholder=".example.org,192.0.2.0/24"
        help="Comma-separated domains, addresses and networks. The hosts’ own addresses are added."
      />
    </Group>
    <Group title="Time sources">
      <TextField
        name="additional_ntp_sources"
        label="Beside those of the network"
        placeholder="ntp.example.org"
        help="Comma-separated names or addresses."
      />
      <TextField name="ntp_sources" label="Instead of all others" placeholder="192.0.2.123" />
    </Group>
    <Group title="Certificates">
      <TextField
        name="additional_trust_bundle"
        label="Certificates that the hosts trust"
        rows={6}
        file
        placeholder="-----BEGIN CERTIFICATE-----"
        help="In PEM, one below the other."
      />
    </Group>
  </StepPage>
);
