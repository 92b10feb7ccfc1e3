import { CodeArea } from '../fields/code-area.tsx';
import { helpId, Labelled } from '../fields/labelled.tsx';
import type { HostProps } from './host-draft.ts';

/** A host's network in the words of nmstate, for what the fields do not have. */
export const HostYaml = ({ at, host, change }: HostProps) => {
  const { text, macs } = host.yaml ?? { text: '', macs: '' };
  const id = (name: string) => `host-${at}-${name}`;
  return (
    <>
      <Labelled id={id('yaml')} label="Network, in the YAML of nmstate">
        <CodeArea
          id={id('yaml')}
          rows={14}
          resizeOrientation="vertical"
          value={text}
          onChange={(_, value) => change({ ...host, yaml: { text: value, macs } })}
        />
      </Labelled>
      <Labelled
        id={id('macs')}
        label="Network cards"
        help="One per line: the MAC address and the name that the YAML uses."
      >
        <CodeArea
          id={id('macs')}
          rows={2}
          value={macs}
          aria-describedby={helpId(id('macs'))}
          onChange={(_, value) => change({ ...host, yaml: { text, macs: value } })}
        />
      </Labelled>
    </>
  );
};
