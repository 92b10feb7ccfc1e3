/** What the published API says of one requirement on a cluster. */
export interface Validation {
  readonly id: string;
  readonly status: 'success' | 'failure' | 'pending' | 'error' | 'disabled';
  readonly message: string;
}
