import type { Words } from '../words.ts';
import { applySite } from './apply-site.ts';
import { knownSites } from './known-sites.ts';
import { showEach } from './show-each.ts';
import { checkWritable, saveIgnition, saveIso, waitForSite } from './site-artifacts.ts';
import { readSite, type Site } from './site-file.ts';
import { accessOf, type Command, filesOf, misuse, remote } from './site-words.ts';

interface Target {
  readonly option: 'iso' | 'ignition';
  readonly name: string;
}

const targetOf = ({ text }: Words, files: readonly string[]): Target | undefined => {
  const given = (['iso', 'ignition'] as const).flatMap((option) => {
    const name = text(option);
    return name === undefined ? [] : [{ option, name }];
  });
  const [target] = given;
  if (given.length > 1) throw misuse('--iso or --ignition: choose one', 'apply');
  if (target !== undefined && files.length > 1 && !target.name.includes('{name}')) {
    throw misuse(`--${target.option} of several sites needs a name with {name} in it`, 'apply');
  }
  return target;
};

export const applyCommand: Command = {
  options: { ...remote, wait: 'boolean', iso: 'string', ignition: 'string' },
  plan: (words) => {
    const files = filesOf(words, 'apply');
    const [access, target] = [accessOf(words, 'apply'), targetOf(words, files)];
    return async (context) => {
      const api = await access(context);
      const known = await knownSites(api);
      const work = async (site: Site) => {
        const path = target?.name.replaceAll('{name}', site.name);
        if (path !== undefined) await checkWritable(path);
        const { change, fields, cluster, infraEnv } = await applySite(api, site, known(site.name));
        if (words.flag('wait')) await waitForSite(api, infraEnv);
        if (path !== undefined) await (target?.option === 'iso' ? saveIso : saveIgnition)(api, infraEnv, path);
        const details = [fields.join(', '), path === undefined ? '' : `in ${path}`]
          .filter((text) => text !== '')
          .join(', ');
        return {
          result: change,
          details: details || `infra-env ${infraEnv.id}`,
          cluster_id: cluster.id,
          infra_env_id: infraEnv.id,
        };
      };
      await showEach({ context, files, json: words.flag('json'), read: readSite, work });
    };
  },
};
