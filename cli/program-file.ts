import { open } from 'node:fs/promises';
import { CommandFailure } from '#adapters/command-failure.ts';

/** Bytes up to the end of an ELF header's field that names the machine. */
const headBytes = 20;
const machineOffset = 18;
const x86Machine = 62;

const headOf = async (path: string): Promise<Buffer> => {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

const isElf = (head: Buffer): boolean => head.length === headBytes && head.toString('latin1', 0, 4) === '\x7fELF';

/**
 * Looks whether Linux itself can start a file: anything else would be started as a shell script.
 *
 * @throws CommandFailure unless it is a program for x86_64 or names its interpreter
 */
export const checkProgram = async (path: string): Promise<void> => {
  const head = await headOf(path);
  if (head.toString('latin1', 0, 2) === '#!') return;
  if (!isElf(head))
    throw new CommandFailure('the file is not a program for Linux: get the openshift-install for Linux on x86_64');
  if (head.readUInt16LE(machineOffset) !== x86Machine) {
    throw new CommandFailure(
      'the installer is for another CPU: get the openshift-install that runs on x86_64, whatever its release is for',
    );
  }
};
