/**
 * An expected failure of a command. Its message is one line for the person who ran it: the reason, then what to do; it
 * holds nothing secret.
 */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}
