import { resolve } from 'node:path';
import { UsageError } from '../../core/errors.ts';
import { DEFAULT_EXPERIMENT, readExperiment } from '../../research/experiment.ts';
import { planExperiment } from '../../research/plan.ts';
import { cacheDirectory } from '../cache.ts';
import { defineCommand } from '../command.ts';
import { DOCUMENT_OPTIONS, documentParts, keep, present, replay } from '../deliver.ts';
import { EXPERIMENT_OPTIONS, overridesFrom } from '../experiment-options.ts';
import { OUTPUT_OPTIONS, prepareOutput } from '../output.ts';
import { watching, type WatchAlso } from '../watch.ts';

/** `kedge compare`: the main job. */
export const compare = defineCommand({
  usage: 'compare [experiment]',
  summary: 'Run every strategy of an experiment on the same market, account, venue and tax, and say which did better',
  positionals: {
    experiment: { type: 'string', describe: 'a YAML or JSON file; without it: the default experiment on the bundled sample' },
  },
  options: {
    ...EXPERIMENT_OPTIONS,
    ...OUTPUT_OPTIONS,
    ...DOCUMENT_OPTIONS,
    watch: { type: 'boolean', default: false, describe: 'run again whenever the experiment or a strategy file changes' },
  },
  examples: [
    ['kedge compare', 'the demo: synthetic data, a report in reports/'],
    ['kedge compare mine.yaml --tax us,none', 'an experiment, with and without tax'],
    ['kedge compare mine.yaml --watch', 'again after every change of the experiment or a strategy file'],
    ['kedge compare mine.yaml --json --series equity', 'one JSON document for other programs'],
  ],
  async run(args, terminal) {
    const parts = documentParts(args);
    if (args.experiment === undefined)
      terminal.note(`no experiment given: running the default one on ${args.catalog ?? 'the bundled, synthetic sample'}`);
    const file = args.experiment === undefined ? DEFAULT_EXPERIMENT : resolve(args.experiment);
    const compareOnce = async (watchAlso?: WatchAlso): Promise<void> => {
      const experiment = readExperiment(file, overridesFrom(args));
      const output = await prepareOutput(experiment.settings.name, args);
      const plan = await planExperiment(experiment, { params: args.param ?? [], cacheDir: cacheDirectory(process.env) });
      await watchAlso?.([...new Set(plan.runs.flatMap(({ loaded }) => loaded.files))]);
      const comparison = await replay(plan, terminal);
      await keep(comparison, plan.seed, output, terminal);
      present(comparison, parts, args.json, output.report, terminal);
    };
    if (args.watch && args.json) {
      throw new UsageError('options-conflict', '--watch prints again and again, --json exactly one document', {
        hint: 'leave one of them out',
      });
    }
    if (args.watch) await watching(file, compareOnce, terminal);
    else await compareOnce();
    return 'done';
  },
});
