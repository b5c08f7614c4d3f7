import { DAY, civilDate, formatDate, parseDate, startOfDay } from '../../../src/core/time.ts';
import { aboveCliff } from '../../../src/tax/assess/cliff.ts';
import { deniedFraction } from '../../../src/tax/assess/superficial-loss.ts';
import { LongTermClock } from '../../../src/tax/long-term.ts';
import type { ReplayDisposal, ReplaySetup, TaxEvent, TaxReplay } from '../../../src/tax/replay.ts';
import { replayEvents } from '../../../src/tax/replay.ts';
import type { Adapter, Input, TaxExample } from './example.ts';
import { currencyOf, regimeOf, taxSetup, withFacts, withMethod } from './setup.ts';

const EVENT_FIELDS = [
  'seq',
  'date',
  'time',
  'type',
  'asset',
  'qty',
  'gross',
  'fee',
  'feeInAsset',
  'wallet',
  'lots',
  'swapId',
  'label',
];

function momentOf(event: Input): number {
  const [hours = 0, minutes = 0, seconds = 0] = event.has('time') ? event.text('time').split(':').map(Number) : [];
  return parseDate(event.text('date')) + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

function eventOf(event: Input): TaxEvent {
  for (const field of event.fields()) if (!EVENT_FIELDS.includes(field)) throw new Error(`events know no field "${field}"`);
  const type = event.text('type');
  if (type !== 'buy' && type !== 'sell' && type !== 'income') throw new Error(`event type "${type}" is not known`);
  // The source's own name, which it treats as the given type.
  if (event.has('label')) event.text('label');
  return {
    seq: event.number('seq'),
    time: momentOf(event),
    type,
    asset: event.text('asset'),
    quantity: event.number('qty'),
    gross: event.number('gross'),
    ...(event.has('fee') && { fee: event.number('fee') }),
    ...(event.has('feeInAsset') && { feeInAsset: event.number('feeInAsset') }),
    ...(event.has('wallet') && { wallet: event.text('wallet') }),
    ...(event.has('lots') && { lots: event.numbers('lots') }),
    ...(event.has('swapId') && { swapId: event.name('swapId') }),
  };
}

function eventsOf(input: Input): TaxEvent[] {
  return input.list('events').map(eventOf);
}

function poolsOf(input: Input): NonNullable<ReplaySetup['openingPools']> {
  if (!input.has('openingPools')) return [];
  return input
    .list('openingPools')
    .map((pool) => ({ asset: pool.text('asset'), quantity: pool.number('qty'), cost: pool.number('cost') }));
}

function sum<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

/** Whether a part is long-term by the calendar, whatever its regime makes of that. */
function termOf(acquired: number, disposed: number): 'short' | 'long' {
  return acquired < new LongTermClock(1).cutoff(disposed) ? 'long' : 'short';
}

interface AnsweredPart {
  rule: string;
  lotSeq: number | null;
  acquired: string;
  qty: number;
  proceeds: number;
  cost: number;
  gain: number;
  term: 'short' | 'long';
}

function answer({ seqs, time, asset, quantity, proceeds, cost, gain, parts }: ReplayDisposal) {
  return {
    seq: seqs[0],
    seqs,
    date: formatDate(time),
    asset,
    qty: quantity,
    proceeds,
    cost,
    gain,
    parts: merge(
      parts.map((part) => ({
        rule: part.rule,
        lotSeq: part.seq,
        acquired: formatDate(part.acquired ?? NaN),
        qty: part.quantity,
        proceeds: part.proceeds,
        cost: part.cost,
        gain: part.gain,
        term: termOf(part.acquired ?? NaN, time),
      })),
    ),
  };
}

/** The parts that several sales of a day took from one purchase are one, whether or not each of them won. */
function merge(parts: readonly AnsweredPart[]): AnsweredPart[] {
  const merged = new Map<string, AnsweredPart>();
  for (const part of parts) {
    const key = JSON.stringify([part.rule, part.rule === 'lot' ? part.lotSeq : null, part.acquired]);
    const same = merged.get(key);
    if (same === undefined) merged.set(key, part);
    else for (const field of ['qty', 'proceeds', 'cost', 'gain'] as const) same[field] += part[field];
  }
  return [...merged.values()];
}

/** Answers of a replay, in the order in which the example lists disposals and holdings. */
function answers({ disposals, closing }: TaxReplay, { expected }: TaxExample) {
  const wanted = expected as { disposals?: { seq?: number; seqs?: number[] }[]; closingPools?: Named[]; closingLots?: Named[] };
  const answered = inOrder(disposals.map(answer), wanted.disposals ?? [], ({ seq, seqs }) => String(seq ?? seqs?.[0]));
  const held = closing.filter(({ quantity }) => quantity > 1e-9);
  const assets = [...new Set(held.map(({ asset }) => asset))];
  const pools = assets.map((asset) => {
    const own = held.filter((lot) => lot.asset === asset);
    return { asset, qty: sum(own, ({ quantity }) => quantity), cost: sum(own, ({ cost }) => cost) };
  });
  // What was sold altogether may be listed as a pool of nothing.
  for (const { asset } of wanted.closingPools ?? []) if (!assets.includes(asset)) pools.push({ asset, qty: 0, cost: 0 });
  const lots = held.map(({ seq, asset, quantity, cost }) => ({ lotSeq: seq, asset, qty: quantity, cost }));
  return {
    disposals: answered,
    totals: totalsOf(answered),
    closingPools: inOrder(pools, wanted.closingPools ?? [], ({ asset }) => asset),
    closingLots: inOrder(lots, wanted.closingLots ?? [], ({ asset, lotSeq }) => `${asset} ${lotSeq}`),
  };
}

interface Named {
  asset: string;
  lotSeq?: number | null;
}

function inOrder<T>(rows: T[], wanted: readonly unknown[], key: (row: T) => string): T[] {
  const places = wanted.map((row) => key(row as T));
  return rows.toSorted((a, b) => places.indexOf(key(a)) - places.indexOf(key(b)));
}

function totalsOf(disposals: ReturnType<typeof answer>[]) {
  const parts = disposals.flatMap(({ date, parts }) => parts.map((part) => ({ ...part, year: date.slice(0, 4) })));
  const byTerm = (of: typeof parts) => ({
    gain: sum(of, ({ gain }) => gain),
    shortTerm: sum(of, (part) => (part.term === 'short' ? part.gain : 0)),
    longTerm: sum(of, (part) => (part.term === 'long' ? part.gain : 0)),
  });
  const years = [...new Set(parts.map(({ year }) => year))];
  return {
    ...byTerm(parts),
    proceeds: sum(disposals, ({ proceeds }) => proceeds),
    cost: sum(disposals, ({ cost }) => cost),
    byCalendarYear: Object.fromEntries(years.map((year) => [year, byTerm(parts.filter((part) => part.year === year))])),
  };
}

function scopeOf(input: Input): 'universal' | 'per-wallet' {
  const scope = input.has('lotScope') ? input.text('lotScope') : 'universal';
  if (scope !== 'universal' && scope !== 'per-wallet') throw new Error(`lotScope "${scope}" is not known`);
  return scope;
}

const spot: Adapter = (input, example) => {
  const { regime, lots } = withMethod(regimeOf(example.regime), example.method);
  const scope = scopeOf(input);
  // The kinds look at matching and averages alone: losses are as they are, fees count, a swap is a sale, a year is one of the calendar.
  const plain = withFacts(regime, {
    superficialLoss: null,
    fees: { inBasis: true, inProceeds: true },
    swaps: 'disposal',
    year: { ...regime.taxation!.year, start: { month: 1, day: 1 } },
  });
  const replay = replayEvents(eventsOf(input), {
    tax: taxSetup(plain, { lots, scope }),
    currency: currencyOf(regime),
    openingPools: poolsOf(input),
  });
  return answers(replay, example);
};

const shareMatching: Adapter = (input, example) => {
  const { regime, lots } = withMethod(regimeOf(example.regime), example.method);
  const replay = replayEvents(eventsOf(input), {
    tax: taxSetup(regime, { lots }),
    currency: currencyOf(regime),
    openingPools: poolsOf(input),
  });
  return answers(replay, example);
};

const WINDOW = 30 * DAY;

const superficialLoss: Adapter = (input, example) => {
  const events = eventsOf(input);
  const asset = events[0]?.asset ?? '';
  const opening = input.has('openingPool') ? input.map('openingPool') : null;
  const pools = opening ? [{ asset, quantity: opening.number('qty'), cost: opening.number('cost') }] : [];
  const named = regimeOf(example.regime);
  // The kind is a rule of Canada, whoever is named.
  const regime = named.taxation!.superficialLoss === null ? regimeOf('canada') : named;
  const { lots } = withMethod(regime, example.method);
  const run = (chosen: typeof regime): TaxReplay =>
    replayEvents(events, { tax: taxSetup(chosen, { lots }), currency: currencyOf(regime), openingPools: pools });
  const raw = run(withFacts(regime, { superficialLoss: null }));
  const { disposals, closing } = run(regime);
  const rawLoss = sum(raw.disposals, ({ gain }) => Math.max(0, -gain));
  const rawGains = raw.disposals.map(({ proceeds, cost }) => proceeds - cost);
  const answer = (deniedLoss: number, reportedGains: number[], closingAcb: number) => ({
    rawGains,
    rawLoss,
    deniedLoss,
    deniedFraction: rawLoss === 0 ? 0 : deniedLoss / rawLoss,
    allowedLoss: rawLoss - deniedLoss,
    addedToAcb: deniedLoss,
    reportedGains,
    closingAcb,
  });
  if (!input.has('remainingAtEndOfPeriod')) {
    const denied = sum(disposals, (disposal) => disposal.denied);
    return answer(
      denied,
      disposals.map(({ gain }) => gain),
      sum(closing, ({ cost }) => cost),
    );
  }
  // What is held at the end of the window may be told beside the events, which then have one loss.
  const place = rawGains.findIndex((gain) => gain < 0);
  const { time, quantity: sold } = raw.disposals[place] ?? raw.disposals[0]!;
  const near = events.filter((event) => event.type !== 'sell' && Math.abs(startOfDay(event.time) - startOfDay(time)) <= WINDOW);
  const held = input.number('remainingAtEndOfPeriod');
  const deniedLoss = rawLoss * deniedFraction({ sold, bought: sum(near, ({ quantity }) => quantity), held });
  return answer(
    deniedLoss,
    rawGains.map((gain, k) => (k === place ? gain + deniedLoss : gain)),
    sum(raw.closing, ({ cost }) => cost) + deniedLoss,
  );
};

const privateDisposals: Adapter = (input, example) => {
  const { regime, lots } = withMethod(regimeOf(example.regime), example.method);
  const { disposals } = replayEvents(eventsOf(input), {
    tax: taxSetup(regime, { lots, scope: scopeOf(input) }),
    currency: currencyOf(regimeOf(example.regime)),
  });
  const within = new Map<number, number>();
  for (const { time, parts } of disposals) {
    const { year } = civilDate(time);
    const counted = parts.filter((part) => part.class === regime.taxation!.spot.short);
    if (counted.length > 0) within.set(year, (within.get(year) ?? 0) + sum(counted, ({ gain }) => gain));
  }
  const limit = input.number('exemptionLimit');
  return {
    gain: sum(disposals, ({ gain }) => gain),
    withinOneYear: within.size > 0,
    // Year by year; how the loss of one counts in another is a matter of its own.
    taxable: sum([...within.values()], (net) => aboveCliff(net, limit)),
  };
};

const portfolio: Adapter = (input, example) => {
  const start = parseDate('2024-01-01');
  const paid = input.number('totalAcquisitionPrice');
  const sales = input.list('sales').map((sale) => ({ price: sale.number('salePrice'), value: sale.number('portfolioValue') }));
  // One unit stands for the portfolio; purchases between sales do not occur in this kind.
  const events: TaxEvent[] = [{ seq: 0, time: start, type: 'buy', asset: 'ALL', quantity: 1, gross: paid }];
  let left = 1;
  sales.forEach(({ price, value }, k) => {
    const quantity = (left * price) / value;
    left -= quantity;
    events.push({
      seq: k + 1,
      time: start + (k + 1) * DAY,
      type: 'sell',
      asset: 'ALL',
      quantity,
      gross: price,
      portfolioValue: value,
    });
  });
  const rates = input.has('rate') ? { gains: input.number('rate') } : {};
  const { disposals, years } = replayEvents(events, {
    tax: taxSetup(regimeOf(example.regime), { rates }),
    currency: currencyOf(regimeOf(example.regime)),
  });
  let net = paid;
  return {
    gains: disposals.map(({ gain }) => gain),
    netAcquisitionPriceAfter: disposals.map(({ cost }) => (net -= cost)),
    yearNet: sum(disposals, ({ gain }) => gain),
    tax: sum(years, ({ tax }) => tax),
  };
};

const holdingPeriod: Adapter = (input, example) => {
  const { spot } = regimeOf(example.regime).taxation!;
  const years = spot.longAfterYears;
  return {
    eligible: input.list('cases').map((each) => {
      const clock = new LongTermClock(years);
      return parseDate(each.text('acquired')) < clock.cutoff(parseDate(each.text('disposed')));
    }),
  };
};

export const lotKinds: Readonly<Record<string, Adapter>> = {
  'spot-lots': spot,
  'spot-average': spot,
  'uk-share-matching': shareMatching,
  'superficial-loss': superficialLoss,
  'de-section-23': privateDisposals,
  'fr-portfolio': portfolio,
  'holding-period': holdingPeriod,
};
