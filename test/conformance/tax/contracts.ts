import { civilDate, dateTime, formatDate, parseDate } from '../../../src/core/time.ts';
import { priceResult } from '../../../src/tax/assess/contract-result.ts';
import { ringFenced, ringFencedBase } from '../../../src/tax/assess/ring-fenced.ts';
import { flat } from '../../../src/tax/assess/same-year.ts';
import { allowedStraddleLoss, holdingStart } from '../../../src/tax/assess/straddle.ts';
import type { TaxLedger } from '../../../src/tax/ledger.ts';
import { CAUSE } from '../../../src/tax/ledger.ts';
import { LongTermClock } from '../../../src/tax/long-term.ts';
import { openTaxLedger } from '../../../src/tax/open-ledger.ts';
import type { FundingReading } from '../../../src/tax/funding.ts';
import type { TaxSetup } from '../../../src/tax/setup.ts';
import type { Adapter, Input, TaxExample } from './example.ts';
import { currencyOf, regimeOf, taxSetup, withFacts } from './setup.ts';

const CLOSE = CAUSE.strategy;
const SOME_DAY = parseDate('2025-03-03');

function openLedger(setup: TaxSetup, { regime }: TaxExample, contracts: readonly string[], start: number): TaxLedger {
  const currency = currencyOf(regimeOf(regime));
  return openTaxLedger(setup, { assets: ['BTC'], contracts, start, currency, keepGains: true });
}

function signed(side: string, quantity: number): number {
  if (side !== 'long' && side !== 'short') throw new Error(`side "${side}" is not known`);
  return side === 'long' ? quantity : -quantity;
}

interface MarkedTrade {
  opened: number;
  closed: number;
  units: number;
  from: number;
  to: number;
  marks: Readonly<Record<string, number>>;
}

function markedTrade(trade: Input): MarkedTrade {
  const marks = trade.has('yearEndMarks') ? trade.map('yearEndMarks') : null;
  return {
    opened: parseDate(trade.text('open')),
    closed: trade.has('close') ? parseDate(trade.text('close')) : Infinity,
    units: signed(trade.text('side'), trade.has('qty') ? trade.number('qty') : 1),
    from: trade.number('openPrice'),
    to: trade.has('closePrice') ? trade.number('closePrice') : NaN,
    marks: Object.fromEntries((marks?.fields() ?? []).map((year) => [year, marks!.number(year)])),
  };
}

const section1256: Adapter = (input, example) => {
  const trades = input.list('trades').map(markedTrade);
  const rates = {
    ...(input.has('shortRate') && { short: input.number('shortRate') }),
    ...(input.has('longRate') && { long: input.number('longRate') }),
  };
  const setup = taxSetup(regimeOf(example.regime), { contracts: 'section-1256', rates });
  const names = trades.map((_, k) => `contract ${k}`);
  const first = Math.min(...trades.map(({ opened }) => opened));
  const moments = trades.flatMap(({ closed, marks }) => [
    closed,
    ...Object.keys(marks).map((year) => dateTime(Number(year), 12, 31)),
  ]);
  const last = Math.max(...moments.filter(Number.isFinite));
  const ledger = openLedger(setup, example, names, first);
  const lastYear = civilDate(last).year;
  for (let year = civilDate(first).year; year <= lastYear; year++) {
    const ends = dateTime(year + 1, 1, 1);
    trades.forEach(({ closed, units, from, to }, contract) => {
      if (civilDate(closed).year === year) ledger.contractReduce(contract, 1, priceResult(units, from, to), closed, CLOSE);
    });
    const unrealised = trades.map(({ opened, closed, units, from, marks }) => {
      if (opened >= ends || closed < ends) return 0;
      const mark = marks[year];
      if (mark === undefined) throw new Error(`yearEndMarks has no mark of ${year}`);
      return priceResult(units, from, mark);
    });
    ledger.markYear(new Float64Array(0), Float64Array.from(unrealised), ends - 1);
    ledger.closeYears(ends);
  }
  const byYear = ledger.years().map(({ start, results, tax }) => {
    const { short1256: shortTerm = NaN, long1256: longTerm = NaN } = results;
    return [String(civilDate(start).year), { gain: shortTerm + longTerm, longTerm, shortTerm, tax }] as const;
  });
  return { byYear: Object.fromEntries(byYear) };
};

const cfd: Adapter = (input, example) => {
  const regime = regimeOf(example.regime);
  const ledger = openLedger(taxSetup(regime), example, ['CFD'], SOME_DAY);
  const priceMove = priceResult(
    signed(input.text('side'), input.number('units')),
    input.number('openPrice'),
    input.number('closePrice'),
  );
  ledger.contractFunding(0, -input.number('financingPaid'), SOME_DAY);
  ledger.contractFunding(0, input.number('dividendCredit'), SOME_DAY);
  ledger.contractFee(0, input.number('commission'), SOME_DAY);
  ledger.contractReduce(0, 1, priceMove, SOME_DAY, CLOSE);
  ledger.closeYears(ledger.yearEnd);
  const [year] = ledger.years();
  return { priceMove, gain: Object.values(year!.results).reduce((sum, result) => sum + result, 0) };
};

/** The treatments of funding by the names of the fact sheet, and what the product calls them. */
const TREATMENTS: Readonly<Record<string, FundingReading>> = {
  'capital-netted': 'result',
  'ordinary-asymmetric': 'income',
  'ordinary-both-ways': 'income-both-ways',
};

/** By the field `fundingTreatment`, else by the method: `perp-` before a treatment, or `perp-funding-ordinary` and whether payments count. */
function fundingOf(input: Input, { method }: TaxExample): FundingReading {
  const deductible = input.has('fundingPaidDeductible') && input.flag('fundingPaidDeductible');
  const ordinary = deductible ? 'ordinary-both-ways' : 'ordinary-asymmetric';
  const byMethod = method === 'perp-funding-ordinary' ? ordinary : method.replace(/^perp-/, '');
  const treatment = input.has('fundingTreatment') ? input.text('fundingTreatment') : byMethod;
  const reading = TREATMENTS[treatment];
  if (reading === undefined) throw new Error(`funding treatment "${treatment}" is not known`);
  return reading;
}

const perpHedge: Adapter = (input, example) => {
  const spot = input.map('spot');
  const perp = input.map('perp');
  const funding = fundingOf(input, example);
  const rates = { short: input.number('shortRate'), long: input.number('longRate') };
  const setup = taxSetup(regimeOf(example.regime), { rates, funding });
  const bought = parseDate(spot.text('acquired'));
  const opened = parseDate(perp.text('openDate'));
  const closed = parseDate(perp.text('closeDate'));
  const ledger = openLedger(setup, example, ['PERP'], Math.min(bought, opened));
  const enter = (time: number, event: () => void): void => {
    ledger.closeYears(time);
    event();
  };
  const pricePnl = priceResult(
    signed(perp.text('side'), perp.number('qty')),
    perp.number('openPrice'),
    perp.number('closePrice'),
  );
  const quantity = spot.number('qty');
  const buy = (): void => ledger.acquire(0, quantity, quantity * spot.number('unitCost'), 0, bought);
  if (bought <= closed) enter(bought, buy);
  enter(closed, () => {
    ledger.contractFee(0, perp.number('fees'), closed);
    ledger.contractFunding(0, perp.number('fundingReceived'), closed);
    ledger.contractFunding(0, -perp.number('fundingPaid'), closed);
    ledger.contractReduce(0, 1, pricePnl, closed, CLOSE);
  });
  if (bought > closed) enter(bought, buy);
  ledger.closeYears(ledger.yearEnd);
  const gains = ledger.gains();
  const sumOf = (chosen: (row: number) => boolean): number =>
    gains.gain.reduce((sum, gain, row) => sum + (chosen(row) ? gain : 0), 0);
  return {
    pricePnl,
    capitalGain: sumOf((row) => gains.kind[row] === 'derivative' || (gains.kind[row] === 'funding' && funding === 'result')),
    // Payments that are lost have no line.
    ordinaryIncome: sumOf((row) => gains.kind[row] === 'funding' && funding !== 'result'),
    tax: ledger.years().reduce((sum, year) => sum + year.tax, 0),
    spotGainRealised: sumOf((row) => gains.kind[row] === 'spot'),
  };
};

/** Capital income in a basket of its own beside a coin sold after a year. */
const ringFencedHedge: Adapter = (input, example) => {
  const rate = input.number('rate');
  const allowance = input.number('saverAllowanceUsed');
  const perpGain = input.number('perpGain');
  const spotGain = input.number('spotSoldAfterOneYearGain');
  const regime = regimeOf(example.regime);
  const assess = () => ringFenced({ column: 2, loss: 3, allowance, tax: flat(rate) });
  const ledger = openLedger(taxSetup(withFacts(regime, { assess })), example, ['PERP'], SOME_DAY);
  const cost = Math.max(0, -spotGain) + 1_000;
  const sold = parseDate('2026-06-01');
  ledger.acquire(0, 1, cost, 0, SOME_DAY);
  ledger.closeYears(sold);
  ledger.dispose(0, 1, cost + spotGain, 0, sold, CLOSE);
  ledger.contractReduce(0, 1, perpGain, sold, CLOSE);
  ledger.closeYears(ledger.yearEnd);
  const { results, tax } = ledger.years().at(-1)!;
  return {
    taxableDerivatives: ringFencedBase(results['capital']!, 0, allowance),
    tax,
    spotLossUsable: Math.max(0, -results['gains']!),
  };
};

const perp: Adapter = (input, example) => (input.has('perp') ? perpHedge : ringFencedHedge)(input, example);

const straddle: Adapter = (input) => {
  if (input.has('realisedLoss')) {
    const loss = input.number('realisedLoss');
    const allowedLoss = allowedStraddleLoss(loss, input.number('unrecognisedGainOnOffset'));
    return { allowedLoss, deferredLoss: loss - allowedLoss };
  }
  const acquired = parseDate(input.text('acquired'));
  const hedgeClosed = input.has('hedgeClosed') ? parseDate(input.text('hedgeClosed')) : Infinity;
  const sold = parseDate(input.text('sold'));
  const clock = new LongTermClock(1);
  const starts = holdingStart({ acquired, hedgeOpened: parseDate(input.text('hedgeOpened')), hedgeClosed }, clock);
  const termFrom = (start: number): string => (start < clock.cutoff(sold) ? 'long' : 'short');
  return { holdingStarts: formatDate(starts), term: termFrom(starts), unhedgedTerm: termFrom(acquired) };
};

export const contractKinds: Readonly<Record<string, Adapter>> = { 'section-1256': section1256, cfd, perp, straddle };
