import { describeRegime } from '../../tax/describe-regime.ts';
import { REGIMES, findRegime } from '../../tax/regimes.ts';
import { defineCommand } from '../command.ts';
import type { RegimesDocument } from '../regime-documents.ts';
import { regimeHead, regimeText } from '../regime-text.ts';

/** `kedge regimes`: the tax regimes, and every parameter of one with its sources. */
export const regimes = defineCommand({
  usage: 'regimes [regime]',
  summary: 'List the tax regimes, or show one with rates, rules, sources and what is not modelled',
  positionals: { regime: { type: 'string', describe: 'a name or an ISO code' } },
  options: {},
  examples: [
    ['kedge regimes', 'what is there'],
    ['kedge regimes uk', 'rates by year, lots, losses, contracts, due dates, each with its source'],
    ['kedge regimes de --json', 'the same as one JSON document'],
  ],
  async run({ regime, json }, terminal) {
    const described = (regime === undefined ? REGIMES : [findRegime(regime)]).map(describeRegime);
    if (json) terminal.json({ schemaVersion: 1, regimes: described } satisfies RegimesDocument);
    else if (regime === undefined) terminal.print(described.map((each) => regimeHead(each, terminal)).join('\n'));
    else terminal.print(described.map((each) => regimeText(each, terminal)).join('\n'));
    return 'done';
  },
});
