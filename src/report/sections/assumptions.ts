import type { Html } from '../escape.ts';
import type { ContractAssumptions } from '../../result/run-result.ts';
import { countWord, decimal, money, percent, quantity, rate } from '../format.ts';
import { renderTable } from '../table.ts';
import type { ReportRun, ReportView } from '../view.ts';
import { type Fact, factList, perRun, sharedBy } from './facts.ts';

const FILLS = {
  'next-open': 'An order decided at a close fills at the next bar’s open.',
  close: 'Orders fill at the close that was just seen (optimistic).',
} as const;
const COLLATERAL = {
  cash: 'Cash: linear contracts margined from the account’s cash',
  coin: 'Coin: inverse contracts margined with the coins held, which stay the account’s own and are not sold',
  'multi-asset': 'Multi-asset: linear contracts margined with cash and what the venue counts of each coin',
} as const;
const MARGIN = {
  cross: 'Cross: the positions of a margin account share it',
  isolated: 'Isolated: a position loses at most the margin set aside for it',
} as const;
const SHORTFALL = {
  'pro-rata': 'all coins in proportion to their value',
  largest: 'the largest holding first',
  'least-tax': 'the lots with the least tax per unit of cash first',
} as const;

export function executionFacts({ runs }: ReportView): Html {
  return factList([
    ['Fills', perRun(runs, ({ result }) => FILLS[result.assumptions.fill])],
    ['Venue', perRun(runs, ({ result }) => result.assumptions.venue)],
    [
      'Slippage',
      'Half the spread against the bar’s reference price, plus impact Y·σ·√(quantity / average daily volume) where Y is not 0; booked as a cost.',
    ],
  ]);
}

/** Maker and taker fee, half-spread and impact of every instrument; runs with terms of their own have their own rows. */
export function feeTable({ runs }: ReportView): Html {
  const sets = sharedBy(runs, ({ result }) => result.assumptions.fees);
  return renderTable({
    name: 'Fees and slippage by instrument',
    caption: 'Fees and slippage by instrument, as shares of a fill’s notional',
    head: ['Instrument', 'Maker', 'Taker', 'Half-spread', 'Impact Y'],
    groups: sets.map(({ names, value: fees }) => ({
      title: sets.length === 1 ? null : names.join(', '),
      rows: Object.entries(fees).map(([symbol, { maker, taker, halfSpread, impact }]) => ({
        head: symbol,
        cells: [percent(maker, 3), percent(taker, 3), percent(halfSpread, 4), decimal(impact, 2)],
      })),
    })),
    look: 'compact',
  });
}

/** Maintenance, liquidation and settlement fee of every contract; runs with terms of their own have their own rows. */
export function contractTable({ runs }: ReportView): Html | null {
  const sets = sharedBy(runs, ({ result }) => result.assumptions.contracts ?? {}).filter(
    ({ value }) => Object.keys(value).length > 0,
  );
  if (sets.length === 0) return null;
  return renderTable({
    name: 'Margin terms by contract',
    caption:
      'What contracts ask for: rates are shares of notional, maintenance grows by bands from the first to the last; the step is one of quantity, the least order an amount of the quote currency',
    head: ['Contract', 'Maintenance', 'Liquidation fee', 'Settlement fee', 'Step', 'Least order'],
    groups: sets.map(({ names, value: contracts }) => ({
      title: sets.length === 1 ? null : names.join(', '),
      rows: Object.entries(contracts).map(([symbol, terms]) => ({
        head: symbol,
        cells: [
          { content: maintenanceText(terms), className: 'words' },
          percent(terms.liquidationFee, 3),
          terms.settlementFee === 0 ? 'none' : percent(terms.settlementFee, 3),
          terms.step === 0 ? 'none' : quantity(terms.step),
          terms.minNotional === 0 ? 'none' : quantity(terms.minNotional),
        ],
      })),
    })),
    look: 'compact sticky stacked',
  });
}

function maintenanceText({ maintenance }: ContractAssumptions): string {
  const first = percent(maintenance[0]!.rate, 2);
  if (maintenance.length === 1) return first;
  return `${first} to ${percent(maintenance.at(-1)!.rate, 2)} in ${countWord(maintenance.length)} bands`;
}

export function venueSources({ runs }: ReportView): Html | null {
  const sources = new Map(
    runs.flatMap(({ result }) => result.assumptions.venueSources.map((source) => [JSON.stringify(source), source] as const)),
  );
  if (sources.size === 0) return null;
  return renderTable({
    name: 'Sources of the venue’s figures',
    caption: 'Where the venue’s figures come from',
    head: ['Figure', 'Source', 'As of'],
    groups: [
      {
        title: null,
        rows: [...sources.values()].map(({ figure, source, asOf }) => ({
          head: figure,
          cells: [{ content: source, className: 'wrap' }, asOf],
        })),
      },
    ],
    look: 'compact text',
  });
}

export function accountFacts({ runs }: ReportView): Html {
  const mayBorrow = runs.some(({ result }) => result.assumptions.borrowLimit !== undefined);
  const fact = (term: string, text: (assumptions: ReportRun['result']['assumptions']) => string): Fact => [
    term,
    perRun(runs, ({ result }) => text(result.assumptions)),
  ];
  return factList([
    fact('Currency', ({ currency }) => `${currency}; USD, USDT and USDC are treated as one currency`),
    fact('Collateral', ({ collateral }) => COLLATERAL[collateral]),
    fact(
      'Margin',
      ({ margin, leverage }) => `${MARGIN[margin]}; leverage ${decimal(leverage, Number.isInteger(leverage) ? 0 : 2)}×`,
    ),
    fact('Margin call', ({ marginCall: { at, to, from } }) =>
      from === 'none'
        ? 'Never met'
        : `Under ${rate(at)} of the initial margin at a close, the balance is brought to ${rate(to)} ${
            from === 'spot' ? 'by selling coins at the next open' : 'from cash'
          }`,
    ),
    fact('What is sold when cash is short', ({ shortfall }) => SHORTFALL[shortfall]),
    fact('Liquidation', ({ insurance }) =>
      insurance
        ? 'When balance / maintenance margin reaches 1 inside a bar; the loss ends at what is left of the margin account'
        : 'When balance / maintenance margin reaches 1 inside a bar; a negative balance stays owed',
    ),
    ...(mayBorrow ? [fact('Borrow limit', borrowText)] : []),
    fact(
      'Interest a year',
      ({ interest }) => `${rate(interest.cash)} on cash, ${rate(interest.borrow)} on borrowing; simple, act/365`,
    ),
  ]);
}

function borrowText({ borrowLimit, currency }: ReportRun['result']['assumptions']): string {
  return borrowLimit === undefined ? 'none' : `Cash may go below zero by ${money(borrowLimit, currency, 0)}, at interest`;
}
