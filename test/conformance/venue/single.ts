import { cmeExpiry, deliveryMonth, monthlyExpiry, quarterlyExpiry, symbolExpiry } from '../../../src/market/calendar/expiry.ts';
import { isBritishSummer } from '../../../src/market/calendar/zones.ts';
import { formatDate, formatTime, HOUR } from '../../../src/core/time.ts';
import { annualisedBasis } from '../../../src/venue/basis.ts';
import { collateralQuantity } from '../../../src/venue/collateral.ts';
import type { FundingRule } from '../../../src/venue/facts.ts';
import { inverseFee, linearFee } from '../../../src/venue/fees.ts';
import {
  fundingBetween,
  fundingRate as rateOf,
  inverseFunding,
  linearFunding,
  type FundingEnds,
} from '../../../src/venue/funding.ts';
import { inverseEntry, linearEntry } from '../../../src/venue/pnl.ts';
import { EIGHT_HOURS } from '../../../src/venue/presets/common.ts';
import type { Adapter } from './example.ts';
import type { Inputs } from './inputs.ts';
import { isInverse, presetFact } from './instrument.ts';
import { positionOf } from './position.ts';

export const averageEntry: Adapter = (inputs, example) => {
  const fills = inputs.list('fills');
  const inverse = isInverse(example, inputs) || (example.contract !== 'linear' && fills.some((fill) => fill.has('contracts')));
  const after = inverse ? inverseEntry : linearEntry;
  return {
    averageEntryPrice: () => {
      let held = 0;
      let entry = 0;
      inputs.leave('side');
      for (const fill of fills) {
        const size =
          fill.need('qty', 'contracts', 'notionalUsd') *
          (fill.number('contractSizeUsd', 'contractSize') ?? inputs.number('contractSizeUsd', 'contractSize') ?? 1);
        entry = after(held, entry, size, fill.need('price', 'entryPrice'));
        held += size;
      }
      return entry;
    },
  };
};

export const funding: Adapter = (inputs, example) => {
  const { inverse, size } = positionOf(inputs, example);
  const cashflow = (): number =>
    (inverse ? inverseFunding : linearFunding)(
      size(),
      inputs.need('markPrice', 'markAtFunding'),
      inputs.need('rate', 'fundingRate'),
    ) * (inputs.number('fundingsCrossed') ?? 1);
  return { cashflow, cashflowCoin: cashflow, fundingPaid: () => -cashflow(), fundingPaidCoin: () => -cashflow() };
};

export const fundingWindow: Adapter = (inputs, example) => {
  const { inverse, size } = positionOf(inputs, example);
  const pay = inverse ? inverseFunding : linearFunding;
  const cashflow = (): number => {
    const events = inputs.list('events').map((event) => ({
      time: moment(event, 'time'),
      mark: event.need('markPrice', 'mark'),
      rate: event.need('rate', 'fundingRate'),
    }));
    const held = size();
    const taken = fundingBetween(events, moment(inputs, 'openTime'), moment(inputs, 'closeTime'), endsOf(example.formula));
    return taken.reduce((sum, { mark, rate }) => sum + pay(held, mark, rate), 0);
  };
  return { cashflow, cashflowCoin: cashflow };
};

// The examples' own convention counts settlements on both ends; a formula may say otherwise.
function endsOf(formula = ''): FundingEnds {
  if (/exclusive/.test(formula)) return /open|start/.test(formula) ? 'close' : /close|end\b/.test(formula) ? 'open' : 'neither';
  return 'both';
}

function moment(inputs: Inputs, name: string): number {
  const text = inputs.needText(name);
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new Error(`${name} "${text}" is no moment`);
  return time;
}

export const fundingRate: Adapter = (inputs, example) => ({
  rate: () => {
    // What the example leaves open is the venue's for its symbol, else the formula's own.
    const rule: FundingRule = inputs.has('symbol') ? presetFact('funding', example, inputs).value : EIGHT_HOURS;
    const cap = inputs.number('cap') ?? rule.cap;
    const floor = inputs.number('floor') ?? rule.floor ?? (cap === undefined ? undefined : -cap);
    return rateOf({
      premium: inputs.need('averagePremium', 'premium'),
      interest: inputs.number('interest8h', 'interestPer8h') ?? rule.interest ?? EIGHT_HOURS.interest,
      clamp: inputs.number('clamp') ?? rule.clamp ?? EIGHT_HOURS.clamp,
      intervalHours: inputs.number('intervalHours') ?? rule.intervalHours ?? EIGHT_HOURS.intervalHours,
      ...(cap !== undefined && { cap }),
      ...(floor !== undefined && { floor }),
    });
  },
});

export const fee: Adapter = (inputs, example) => {
  const { inverse, size } = positionOf(inputs, example);
  const price = (): number => inputs.need('price', 'markPrice', 'entryPrice');
  const charge = (...names: string[]): number => (inverse ? inverseFee : linearFee)(size(), price(), inputs.need(...names));
  const total = (): number => charge('rate', 'takerRate', 'makerRate');
  const taker = (): number => charge('takerRate', 'rate');
  const maker = (): number => charge('makerRate', 'rate');
  return { fee: total, feeCoin: total, takerFee: taker, takerFeeCoin: taker, makerFee: maker, makerFeeCoin: maker };
};

export const collateral: Adapter = (inputs, example) => {
  const effective = (): number => {
    const quantity = inputs.need('qty', 'quantity');
    const tiers = inputs.has('tiers')
      ? inputs.list('tiers').map((tier) => ({ upTo: tier.number('upTo', 'upToCoin') ?? null, rate: tier.need('rate') }))
      : inputs.has('rate')
        ? [{ upTo: null, rate: inputs.need('rate') }]
        : presetFact('collateral', example, inputs).value;
    inputs.leave('asset');
    return collateralQuantity(quantity, tiers);
  };
  const value = (): number => effective() * inputs.need('price', 'markPrice', 'indexPrice');
  return { effectiveQty: effective, collateralValue: value, effectiveValue: value };
};

export const basis: Adapter = (inputs) => ({
  simpleAct365: () => annualisedBasis(inputs.need('future'), inputs.need('spot'), inputs.need('daysToExpiry', 'days')),
});

export const expiry: Adapter = (inputs, { venue }) => {
  const at = (): number => {
    const named = namedMonth(inputs);
    const symbol = inputs.text('symbol');
    const fromMonth =
      named &&
      (venue === 'cme'
        ? cmeExpiry(named.year, named.month)
        : named.quarter === null
          ? monthlyExpiry(named.year, named.month)
          : quarterlyExpiry(named.year, named.quarter));
    const stated = symbol === undefined ? null : venue === 'cme' ? cmeSymbol(symbol) : symbolExpiry(symbol);
    if (fromMonth && stated && fromMonth !== stated)
      throw new Error(`inputs.symbol "${symbol}" does not expire in the month given`);
    const time = fromMonth ?? stated;
    if (time === null) throw new Error(`inputs give no month, quarter or symbol that says when it expires`);
    return time;
  };
  const london = (): number => (isBritishSummer(at()) ? at() + HOUR : at());
  return {
    expiry: () => formatTime(at()),
    epochMs: at,
    expiryDate: () => formatDate(at()),
    lastTradeDate: () => formatDate(london()),
    timeLondon: () => clock(london()),
    timeUtc: () => clock(at()),
    timeUTC: () => clock(at()),
  };
};

interface NamedMonth {
  readonly year: number;
  readonly month: number;
  readonly quarter: number | null;
}

function namedMonth(inputs: Inputs): NamedMonth | null {
  const quarter = /^(\d{4})-?Q([1-4])$/.exec(inputs.text('quarter') ?? '');
  if (quarter) return { year: Number(quarter[1]), month: Number(quarter[2]) * 3, quarter: Number(quarter[2]) };
  const month = /^(\d{4})-(\d{2})$/.exec(inputs.text('contractMonth', 'month') ?? '');
  return month && { year: Number(month[1]), month: Number(month[2]), quarter: null };
}

function cmeSymbol(symbol: string): number | null {
  const delivery = deliveryMonth(symbol);
  return delivery && cmeExpiry(delivery.year, delivery.month);
}

function clock(time: number): string {
  return formatTime(time).slice(11, 16);
}
