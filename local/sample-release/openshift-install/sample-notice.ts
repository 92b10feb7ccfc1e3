import { file, type IgnitionFile } from './ignition.ts';

const text = (version: string): string =>
  [
    '',
    `  SAMPLE RELEASE ${version}: nothing can be installed from it.`,
    '  It only shows what ove-ignition does. Add a real release, and make the ISO again.',
    '',
    '',
  ].join('\n');

/** What a person reads before and after a login on a host (CoreOS shows the files of these folders). */
export const sampleNotice = (version: string): readonly IgnitionFile[] => [
  file('/etc/issue.d/00-sample-release.issue', 0o644, text(version)),
  file('/etc/motd.d/00-sample-release', 0o644, text(version)),
];
