import { resolve } from 'node:path';
import { DEFAULT_EXPERIMENT, readExperiment } from '../../research/experiment.ts';
import { planExperiment } from '../../research/plan.ts';
import { cacheDirectory } from '../cache.ts';
import { defineCommand } from '../command.ts';
import { DOCUMENT_OPTIONS, documentParts, keep, present, replay } from '../deliver.ts';
import { EXPERIMENT_OPTIONS, overridesFrom } from '../experiment-options.ts';
import { OUTPUT_OPTIONS, prepareOutput } from '../output.ts';

/** `kedge run`: one strategy, on an experiment's market and account. */
export const run = defineCommand({
  usage: 'run <strategy>',
  summary: 'Run one strategy on the market and account of an experiment',
  positionals: {
    strategy: {
      type: 'string',
      demandOption: true,
      describe: 'a shipped name (see kedge strategies), or a path to a .ts or .js file',
    },
  },
  options: {
    experiment: { type: 'string', describe: 'whose market, account, venue and tax to use; default: the default experiment' },
    ...EXPERIMENT_OPTIONS,
    ...OUTPUT_OPTIONS,
    ...DOCUMENT_OPTIONS,
  },
  examples: [
    ['kedge run anchor-band --param band=0.03', 'a shipped strategy with a parameter of your own'],
    ['kedge run ./mine.ts --experiment mine.yaml', 'your strategy on your market and account'],
  ],
  async run(args, terminal) {
    const parts = documentParts(args);
    const file = args.experiment === undefined ? DEFAULT_EXPERIMENT : resolve(args.experiment);
    const experiment = readExperiment(file, { ...overridesFrom(args), strategies: [args.strategy], benchmark: args.strategy });
    const plan = await planExperiment(experiment, { params: args.param ?? [], cacheDir: cacheDirectory(process.env) });
    const { name } = plan.runs[0]!.loaded.strategy;
    const output = await prepareOutput(name, args);
    const comparison = await replay({ ...plan, name }, terminal);
    await keep(comparison, plan.seed, output, terminal);
    present(comparison, parts, args.json, output.report, terminal);
    return 'done';
  },
});
