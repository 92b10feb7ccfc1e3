import { Pagination } from '@patternfly/react-core';

interface Props {
  /** Of all entries. */
  readonly count: number;
  readonly perPage: number;
  /** From 1. */
  readonly page: number;
  readonly show: (page: number) => void;
}

/** Goes through a list that is longer than a page. */
const Pages = ({ count, perPage, page, show }: Props) => (
  <Pagination
    itemCount={count}
    perPage={perPage}
    page={page}
    perPageOptions={[]}
    onSetPage={(_, next) => show(next)}
    variant="bottom"
    isStatic
  />
);

export default Pages;
