import { UsageError } from '../../core/errors.ts';
import { formatDate, now, parseDate, startOfDay } from '../../core/time.ts';
import { decide } from '../../research/decision/decide.ts';
import { readCoins } from '../../research/decision/read-coins.ts';
import { findRegime } from '../../tax/regimes.ts';
import { defineCommand } from '../command.ts';
import { planDocument } from '../plan-document.ts';
import { planText } from '../plan-text.ts';

const LIST = { type: 'string', array: true } as const;

/** `kedge plan`: one decision, no history. */
export const plan = defineCommand({
  usage: 'plan',
  summary: 'One decision without history: sell what has drifted, or hedge it?',
  positionals: {},
  options: {
    holding: { ...LIST, describe: 'SYM=VALUE: what is held of a coin, account currency; without it, what its lots are worth' },
    target: { ...LIST, describe: 'SYM=WEIGHT: share of everything, 0.6 for 60%; what is left is cash' },
    lot: { ...LIST, describe: 'SYM=QTY@COST@DATE: units, their total cost, day of purchase; for the tax' },
    price: { ...LIST, describe: 'SYM=PRICE: per unit; for quantities, tax and the liquidation price' },
    cash: { type: 'number', default: 0, describe: 'account currency' },
    venue: { type: 'string', default: 'binance', describe: 'preset, or path of a venue file, whose fees and margin rules hold' },
    tax: { type: 'string', default: 'us', describe: "regime; amounts are in the regime's currency" },
    'cash-is': {
      type: 'string',
      default: 'fiat',
      choices: ['fiat', 'stablecoin'],
      describe: 'what a sale brings: in France, a sale for a stablecoin is an untaxed swap',
    },
    collateral: {
      type: 'string',
      default: 'cash',
      choices: ['cash', 'coin', 'multi-asset'],
      describe: 'what margins the hedge',
    },
    leverage: { type: 'number', default: 1, describe: 'notional / initial margin' },
    funding: { type: 'number', describe: 'rate per settlement, 0.0001 for 0.01%; positive: longs pay shorts' },
    horizon: { type: 'number', describe: 'days that the hedge is to last; default: until the excess is long-term, else a year' },
    on: { type: 'string', describe: 'UTC date of the decision; default: today' },
  },
  examples: [
    [
      'kedge plan --holding BTC=7500 --holding ETH=2500 --target BTC=0.6 --target ETH=0.4 --price BTC=60000 --funding 0.0001',
      'the worked example of the article: $10,000 at 75% Bitcoin',
    ],
    ['kedge plan … --lot BTC=0.125@1500@2020-03-01', 'with what the coins cost: the tax, the break-even, the advice'],
  ],
  run(args, terminal) {
    const { cash, leverage, funding = null, horizon = null } = args;
    checkNumbers({ cash, leverage, funding, horizon });
    const on = dateOf(args.on);
    const coins = readCoins(
      { holding: args.holding ?? [], target: args.target ?? [], lot: args.lot ?? [], price: args.price ?? [] },
      on,
    );
    const decision = decide({
      coins,
      cash,
      venue: args.venue,
      tax: { regime: args.tax, payFrom: 'portfolio', funding: 'result', law: 'today' },
      cashIs: args['cash-is'],
      collateral: args.collateral,
      leverage,
      funding,
      horizon,
      on,
    });
    const document = planDocument(decision);
    if (args.json) terminal.json(document);
    else terminal.print(planText(document, { cash, regime: findRegime(args.tax) }, terminal));
    return Promise.resolve('done');
  },
});

function checkNumbers(given: { cash: number; leverage: number; funding: number | null; horizon: number | null }): void {
  const { cash, leverage, funding, horizon } = given;
  const faults = [
    ...(cash >= 0 && cash < Infinity ? [] : [{ message: `--cash ${cash}: expected an amount that is not negative` }]),
    ...(leverage > 0 && leverage <= 125 ? [] : [{ message: `--leverage ${leverage}: expected a number over 0, up to 125` }]),
    ...(funding === null || Math.abs(funding) <= 0.1
      ? []
      : [{ message: `--funding ${funding}: expected a rate per settlement, 0.0001 for 0.01%` }]),
    ...(horizon === null || (horizon >= 0 && horizon < Infinity) ? [] : [{ message: `--horizon ${horizon}: expected days` }]),
  ];
  if (faults.length === 0) return;
  throw new UsageError('plan-input-wrong', faults[0]!.message, {
    faults: faults.length > 1 ? faults : [],
    hint: 'see kedge plan --help',
  });
}

function dateOf(text: string | undefined): number {
  if (text === undefined) return startOfDay(now());
  const date = parseDate(text);
  if (!Number.isNaN(date)) return date;
  throw new UsageError('plan-input-wrong', `--on ${text}: expected a date such as ${formatDate(startOfDay(now()))}`);
}
