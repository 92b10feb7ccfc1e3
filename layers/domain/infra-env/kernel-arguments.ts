import { invalid } from '../errors.ts';
import { excerpt, isPrintable } from '../values/printable.ts';

export const kernelArgumentOperations = ['append', 'replace', 'delete'] as const;

/**
 * The assisted-service API's `^(?:(?:[^ \t\n\r"]+)|(?:"[^"]*"))+$` without its inner `+`: the same texts match, but in a
 * time that grows with the length and not exponentially.
 */
export const kernelArgumentPattern = /^(?:[^ \t\n\r"]|"[^"]*")+$/;

export interface KernelArgument {
  readonly operation: (typeof kernelArgumentOperations)[number];
  readonly value: string;
}

// A second command, a variable, a comment: what they make of an argument never reaches the kernel (GRUB manual, "Shell-like
// scripting"). What escapes them there is taken literally by the other boot loader of the same ISO, so neither can be had.
const meansMoreToGrub = (value: string): boolean =>
  value.startsWith('#') || /[$\\]/.test(value) || /[{}|&;<>']/.test(value.replaceAll(/"[^"]*"/g, ''));

/**
 * Checks kernel arguments (assisted-service API): only appending is possible in an ISO. Unlike the original it takes no
 * line end inside quotes, since the arguments become one line, and nothing that the ISO's boot loader would not pass on.
 *
 * @throws InvalidInput
 */
export const checkKernelArguments = (kernelArguments: readonly KernelArgument[]): void => {
  for (const { operation, value } of kernelArguments) {
    if (operation !== 'append') {
      throw invalid(`Only kernel argument operation append is supported.  Got ${operation}`);
    }
    if (!isPrintable(value)) throw invalid(`Kernel argument has control characters: ${excerpt(value)}`);
    if (meansMoreToGrub(value)) {
      throw invalid(
        `Kernel argument has characters that the boot loader takes for commands ($ \\ or, outside of double quotes, ` +
          `{ } | & ; < > ' and a # at the start): ${excerpt(value)}`,
      );
    }
  }
};
