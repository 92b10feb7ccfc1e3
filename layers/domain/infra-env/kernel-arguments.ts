import { invalid } from '../errors.ts';
import { largestKernelArgumentArea } from '../iso/iso-layout.ts';
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

interface Reserved {
  readonly name: string;
  readonly consequence: string;
}

/** Arguments by which a host would pass over what the ISO holds. */
const reservedArguments: readonly Reserved[] = [
  {
    // Ignition asks this address before it looks for the config in the ISO (`fetchProviderConfig` of its engine).
    name: 'ignition.config.url',
    consequence:
      'have a host take its configuration from that address, and nothing of these settings: use ignition_config_override',
  },
  {
    // The ISO has it without a value; Ignition runs unless the last one means no.
    name: 'ignition.firstboot',
    consequence: 'decide whether a host takes any of these settings, and the ISO has it already',
  },
  {
    // The ISO has it, with its own label; of two the last one counts.
    name: 'coreos.liveiso',
    consequence: 'have a host look for its system on another medium than this ISO, and never start',
  },
  {
    // The live system's generator starts coreos-installer in the place of everything else (its manual, "Kernel arguments").
    name: 'coreos.inst.install_dev',
    consequence: 'have a host write the plain system to that disk at once, and nothing of these settings',
  },
];

/** GRUB removes quotes. */
const reservedIn = (value: string): Reserved | undefined =>
  reservedArguments.find(({ name }) =>
    value
      .replaceAll('"', '')
      .split(/\s/)
      .some((word) => word.startsWith(`${name}=`)),
  );

/** An area holds a line end besides, and the arguments that the ISO has already; these are known with the ISO alone. */
const checkRoom = (kernelArguments: readonly KernelArgument[]): void => {
  const length = Buffer.byteLength(kernelArguments.map(({ value }) => value).join(' '));
  const limit = largestKernelArgumentArea - 1;
  if (length <= limit) return;
  throw invalid(
    `the kernel arguments take ${length} bytes, and no ISO has room for more than ${limit}: shorten kernel_arguments`,
  );
};

/**
 * Checks kernel arguments (assisted-service API): only appending is possible in an ISO. Unlike the original it takes no
 * line end inside quotes, since the arguments become one line, nothing that the ISO's boot loader would not pass on, nothing
 * that makes a host pass over the ISO's configuration, and no more than any ISO has room for.
 *
 * @throws InvalidInput
 */
export const checkKernelArguments = (kernelArguments: readonly KernelArgument[]): void => {
  for (const { operation, value } of kernelArguments) {
    if (operation !== 'append') {
      throw invalid(`Only kernel argument operation append is supported.  Got ${operation}`);
    }
    if (!isPrintable(value)) throw invalid(`Kernel argument has control characters: ${excerpt(value)}`);
    const reserved = reservedIn(value);
    if (reserved !== undefined) throw invalid(`Kernel argument ${reserved.name} would ${reserved.consequence}`);
    if (meansMoreToGrub(value)) {
      throw invalid(
        `Kernel argument has characters that the boot loader takes for commands ($ \\ or, outside of double quotes, ` +
          `{ } | & ; < > ' and a # at the start): ${excerpt(value)}`,
      );
    }
  }
  checkRoom(kernelArguments);
};
