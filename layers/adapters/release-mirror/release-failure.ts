/**
 * An expected failure of work on a release. Its message is one line for the operator: the reason, then what to do; it
 * holds nothing secret.
 */
export class ReleaseFailure extends Error {
  override readonly name = 'ReleaseFailure';
}
