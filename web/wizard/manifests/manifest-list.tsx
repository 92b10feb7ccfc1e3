import { Alert, Button, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { manifestFolders } from '#domain/cluster/manifest.ts';
import { CodeArea } from '../fields/code-area.tsx';
import { FromFile } from '../fields/from-file.tsx';
import { Labelled } from '../fields/labelled.tsx';
import { useForm } from '../form.ts';
import { emptyManifest, type ManifestDraft } from './manifest-draft.ts';

interface Props {
  /** Its number, from 0. */
  readonly at: number;
  readonly manifest: ManifestDraft;
  readonly change: (manifest: ManifestDraft) => void;
  readonly remove: () => void;
}

const Manifest = ({ at, manifest, change, remove }: Props) => {
  const id = (name: string) => `manifest-${at}-${name}`;
  const set = (part: Partial<ManifestDraft>) => change({ ...manifest, ...part });
  return (
    <section aria-label={`Manifest ${at + 1}`} className="ove-manifest">
      <div className="ove-host-fields">
        <Labelled id={id('folder')} label="Folder">
          <FormSelect
            id={id('folder')}
            value={manifest.folder}
            onChange={(_, folder) => set({ folder: folder as ManifestDraft['folder'] })}
          >
            {manifestFolders.map((folder) => (
              <FormSelectOption key={folder} value={folder} label={folder} />
            ))}
          </FormSelect>
        </Labelled>
        <Labelled id={id('name')} label="Name of the file" isRequired>
          <TextInput
            id={id('name')}
            value={manifest.file_name}
            placeholder="namespace.yaml"
            autoComplete="off"
            onChange={(_, file_name) => set({ file_name })}
          />
        </Labelled>
      </div>
      <Labelled id={id('content')} label="Content">
        <CodeArea
          id={id('content')}
          rows={6}
          resizeOrientation="vertical"
          value={manifest.content}
          onChange={(_, content) => set({ content })}
        />
        <FromFile label={`Content of manifest ${at + 1}`} read={(content) => set({ content })} />
      </Labelled>
      <Button variant="link" isDanger size="sm" onClick={remove} aria-label={`Remove manifest ${at + 1}`}>
        Remove
      </Button>
    </section>
  );
};

/** Files that the installation adds to the cluster. */
export const ManifestList = () => {
  const { draft, problems, isVisited, setManifests } = useForm();
  const { manifests } = draft;
  const problem = isVisited('manifests') ? problems.get('manifests') : undefined;
  return (
    <>
      {manifests.map((manifest, at) => (
        <Manifest
          // biome-ignore lint/suspicious/noArrayIndexKey: a manifest may be named only later
          key={at}
          at={at}
          manifest={manifest}
          change={(next) => setManifests(manifests.with(at, next))}
          remove={() => setManifests(manifests.toSpliced(at, 1))}
        />
      ))}
      {problem !== undefined && <Alert component="h3" variant="danger" isInline title={problem} />}
      <p className="ove-quiet">Manifests are objects, in YAML, that the installation adds to the cluster.</p>
      <div className="ove-actions">
        <Button variant="secondary" onClick={() => setManifests([...manifests, emptyManifest])}>
          Add a manifest
        </Button>
      </div>
    </>
  );
};
