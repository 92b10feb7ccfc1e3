import '@patternfly/react-styles/css/components/Table/table.css';
import '@patternfly/react-styles/css/components/Table/table-grid.css';
import { Alert, Content, Title } from '@patternfly/react-core';
import { useForm } from '../form.ts';
import { landingsOf } from './landings.ts';

/** Text with `code` in backticks; one element, which a narrow window lays beside the name of its column. */
const Marked = ({ text }: { readonly text: string }) => (
  <span>
    {text.split('`').map((part, at) => {
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
      return at % 2 === 1 ? <code key={at}>{part}</code> : part;
    })}
  </span>
);

const columns = ['Setting', 'Value', 'Where it will be on the host'];

/** What somebody gets before they ask for it. */
export const Review = () => {
  const { draft, problems } = useForm();
  return (
    <>
      <Title headingLevel="h2" size="xl" className="ove-step-title">
        What will be in the ISO
      </Title>
      <Content component="p">
        Most of it is written by the release’s own program, openshift-install (“the binary” below); this service then
        adds what that has no place for (“the merge”).
      </Content>
      {problems.size > 0 && (
        <Alert
          component="h3"
          variant="warning"
          isInline
          title="Something is not right yet: the button below leads to it."
        />
      )}
      <table className="pf-v6-c-table pf-m-compact pf-m-grid-md ove-review" aria-label="What will be in the ISO">
        <thead className="pf-v6-c-table__thead">
          <tr className="pf-v6-c-table__tr">
            {columns.map((column) => (
              <th key={column} scope="col" className="pf-v6-c-table__th">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="pf-v6-c-table__tbody">
          {landingsOf(draft).map(({ label, value, where }) => (
            <tr key={label} className="pf-v6-c-table__tr">
              {[label, value, where].map((text, at) => (
                <td key={columns[at]} data-label={columns[at]} className="pf-v6-c-table__td">
                  <Marked text={text} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
};
