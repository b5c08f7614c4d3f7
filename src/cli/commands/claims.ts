import { resolve } from 'node:path';
import type { JudgedClaims } from '../../analysis/claims/judged.ts';
import { writeFileAtomically } from '../../core/atomic-file.ts';
import { formatDate } from '../../core/time.ts';
import { judgeClaims } from '../../research/claims/judge.ts';
import { DEFAULT_EXPERIMENT } from '../../research/experiment.ts';
import { claimsText } from '../../report/claims-text.ts';
import { shortPath } from '../../core/short-path.ts';
import { cacheDirectory } from '../cache.ts';
import { defineCommand } from '../command.ts';
import type { ClaimsDocument } from '../documents.ts';
import { EXPERIMENT_OPTIONS, overridesFrom } from '../experiment-options.ts';
import { OUTPUT_OPTIONS, prepareReport } from '../output.ts';
import { stepwise } from '../progress.ts';

const { param: _, ...MARKET_OPTIONS } = EXPERIMENT_OPTIONS;

/** `kedge claims`: the source article, claim by claim, on the data at hand. */
export const claims = defineCommand({
  usage: 'claims [experiment]',
  summary: "Measure the source article's claims on a market: effect, interval, verdict, and the runs behind them",
  positionals: {
    experiment: {
      type: 'string',
      describe: 'whose market, target, account, venue and tax hold; default: the default experiment',
    },
  },
  options: { ...MARKET_OPTIONS, report: OUTPUT_OPTIONS.report, 'no-report': OUTPUT_OPTIONS['no-report'] },
  examples: [
    ['kedge claims', 'on the bundled, synthetic sample: a demonstration, no evidence'],
    ['kedge claims mine.yaml --json', 'on your market, as a document'],
  ],
  async run(args, terminal) {
    if (args.experiment === undefined) terminal.note('no experiment given: the claims are tried on the default one');
    const request = {
      experiment: args.experiment === undefined ? DEFAULT_EXPERIMENT : resolve(args.experiment),
      overrides: overridesFrom(args),
      cacheDir: cacheDirectory(process.env),
    };
    const report = await prepareReport('claims', args);
    const judged = await stepwise(terminal, 'nothing was written', (before) => judgeClaims(request, before));
    if (report !== null) {
      const { renderClaims } = await import('../../report/claims-page.ts');
      await writeFileAtomically(report, renderClaims(judged));
    }
    if (args.json) terminal.json(documentOf(judged));
    else terminal.print(claimsText(judged, { color: terminal.color.out, width: terminal.width }));
    if (report !== null) (args.json ? terminal.note : terminal.print)(shortPath(report));
    return 'done';
  },
});

function documentOf({ market, ...judged }: JudgedClaims): ClaimsDocument {
  const { symbols, from, to, ...clock } = market;
  return {
    schemaVersion: 1,
    ...judged,
    market: { symbols: [...symbols], from: formatDate(from), to: formatDate(to), ...clock },
    claims: judged.claims.map(({ regimes, variants, runs, ...claim }) => ({
      ...claim,
      regimes: [...regimes],
      variants: [...variants],
      runs: [...runs],
    })),
  };
}
