import { parseDate } from '../../../src/core/time.ts';
import type { AllowanceYear } from '../../../src/tax/assess/allowance.ts';
import {
  broughtForwardUsed,
  gainsAfterOwnLosses,
  lossesCarriedForward,
  taxableAboveAllowance,
} from '../../../src/tax/assess/allowance.ts';
import { amountInBand, bandsOf, taxInBands } from '../../../src/tax/assess/bands.ts';
import { aboveCliff } from '../../../src/tax/assess/cliff.ts';
import { discountGainsLeft, lossesUsed, netCapitalGain, otherGainsLeft } from '../../../src/tax/assess/discount.ts';
import { aboveExemptAmount } from '../../../src/tax/assess/exempt-amount.ts';
import { includedGain } from '../../../src/tax/assess/income-and-gains.ts';
import { niitBase } from '../../../src/tax/assess/niit.ts';
import { taxableEarly, taxableLate } from '../../../src/tax/assess/rate-periods.ts';
import { cappedLoss, ringFencedBase } from '../../../src/tax/assess/ring-fenced.ts';
import { flat } from '../../../src/tax/assess/same-year.ts';
import { LONG_SHARE, SHORT_SHARE } from '../../../src/tax/assess/section-1256.ts';
import { withCharacter } from '../../../src/tax/assess/with-character.ts';
import { LongTermClock } from '../../../src/tax/long-term.ts';
import { replayEvents } from '../../../src/tax/replay.ts';
import type { Adapter, Input, TaxExample } from './example.ts';
import { currencyOf, regimeOf, taxSetup, withFacts } from './setup.ts';

const DAY = parseDate('2025-06-02');

/** Bill of the regime on results by class, at the rates of the case. */
function billOf(
  { regime: named }: TaxExample,
  results: Readonly<Record<string, number>>,
  rates: Readonly<Record<string, number>>,
): number {
  const { classes, carried, assess } = regimeOf(named).taxation!;
  const assessment = assess({
    rates: classes.map(({ name, rateOf }) => rates[name] ?? rates[rateOf ?? name] ?? 0),
    ordinaryOffset: 0,
    year: Infinity,
    income: null,
    filing: null,
  });
  const column = Float64Array.from(classes, ({ name }) => results[name] ?? 0);
  return assessment.bill(column, new Float64Array(carried.length));
}

const inclusion: Adapter = (input, example) => {
  const capitalGain = input.number('capitalGain');
  const rate = input.number('inclusionRate');
  const marginal = input.number('marginalRate');
  return {
    taxableCapitalGain: includedGain(capitalGain, rate),
    tax: billOf(example, { gains: capitalGain }, { gains: includedGain(marginal, rate), income: marginal }),
  };
};

const discount: Adapter = (input, example) => {
  const regime = regimeOf(example.regime);
  const bought = parseDate(input.text('acquired'));
  const sold = parseDate(input.text('disposed'));
  const { disposals } = replayEvents(
    [
      { seq: 1, time: bought, type: 'buy', asset: 'A', quantity: 1, gross: input.number('cost') },
      { seq: 2, time: sold, type: 'sell', asset: 'A', quantity: 1, gross: input.number('proceeds') },
    ],
    { tax: taxSetup(regime), currency: currencyOf(regime) },
  );
  const [part] = disposals[0]!.parts;
  const gain = part!.gain;
  const discountEligible = bought < new LongTermClock(regime.taxation!.spot.longAfterYears).cutoff(sold);
  const won = Math.max(0, gain);
  const year = { discountGains: discountEligible ? won : 0, otherGains: discountEligible ? 0 : won, losses: 0 };
  return { gain, discountEligible, netCapitalGain: netCapitalGain(year, input.number('discount')) };
};

const exemptionLimit: Adapter = (input) => {
  input.text('rule');
  const limit = input.number('exemptionLimit');
  return { taxable: input.numbers('yearlyNetGainsWithinOneYear').map((net) => aboveCliff(net, limit)) };
};

const cappedDerivatives: Adapter = (input) => {
  const gains = input.number('derivativeGains');
  const losses = input.number('derivativeLosses');
  const tax = flat(input.number('rate'));
  const year = (cap: number) => {
    const used = cappedLoss(losses, gains, cap);
    const taxable = ringFencedBase(gains, used, 0);
    return { taxable, tax: tax(taxable), carriedForward: losses - used };
  };
  return { withCap: year(input.number('lossCap')), withoutCap: year(Infinity) };
};

const flatRate: Adapter = (input, example) => {
  const rate = input.number('incomeTaxRate') + input.number('socialRate');
  const gain = input.number('gain');
  // The rate alone: sales that are not told are no small ones.
  return { tax: billOf(example, { gains: gain, sales: Infinity }, { gains: rate }) };
};

const everyGain: Adapter = (input, example) => {
  const byAsset = input.map('gainsByAsset');
  const rate = input.number('rate');
  const effective = rate * (1 + input.number('cess'));
  const regime = regimeOf(example.regime);
  const events = byAsset.fields().flatMap((asset, k) => {
    const gain = byAsset.number(asset);
    const cost = 1 + Math.max(0, -gain);
    return [
      { seq: 2 * k, time: DAY, type: 'buy', asset, quantity: 1, gross: cost } as const,
      { seq: 2 * k + 1, time: DAY, type: 'sell', asset, quantity: 1, gross: cost + gain } as const,
    ];
  });
  // What is withheld is a matter of its own; here the bill is looked at before it.
  const { years } = replayEvents(events, {
    tax: taxSetup(withFacts(regime, { withholding: null }), { rates: { gains: effective } }),
    currency: currencyOf(regime),
  });
  const [year] = years;
  const taxable = year!.results['gains']!;
  return {
    taxable,
    taxBeforeCess: rate * taxable,
    tax: year!.tax,
    lossCarriedForward: Object.values(year!.carried).reduce((sum, loss) => sum + loss, 0),
  };
};

const withheld: Adapter = (input, example) => {
  const regime = regimeOf(example.regime);
  const saleValue = input.number('saleValue');
  const rate = input.number('tdsRate');
  const { years, ...replay } = replayEvents(
    [
      { seq: 1, time: DAY, type: 'buy', asset: 'A', quantity: 1, gross: saleValue - input.number('gain') },
      { seq: 2, time: DAY + 1, type: 'sell', asset: 'A', quantity: 1, gross: saleValue },
    ],
    {
      tax: taxSetup(withFacts(regime, { withholding: { ...regime.taxation!.withholding!, rate } })),
      currency: currencyOf(regime),
    },
  );
  const tds = replay.withheld;
  // The year's bill is what the law asks for less what was withheld.
  const finalTax = years.reduce((sum, { tax }) => sum + tax, 0) + tds;
  return { tdsWithheld: tds, cashReceived: saleValue - tds, finalTax, refundDue: Math.max(0, tds - finalTax) };
};

const blended1256: Adapter = (input, example) => {
  const gain = input.number('gain');
  const niit = input.number('niit');
  const shortTerm = SHORT_SHARE * gain;
  const longTerm = LONG_SHARE * gain;
  const rates = { short: input.number('shortRate') + niit, long: input.number('longRate') + niit };
  return { shortTerm, longTerm, tax: billOf(example, { short1256: shortTerm, long1256: longTerm }, rates) };
};

const niit: Adapter = (input) => {
  input.text('filing');
  const base = niitBase(input.number('netInvestmentIncome'), input.number('magi'), input.number('threshold'));
  return { base, tax: flat(input.number('rate'))(base) };
};

const stacked: Adapter = (input, example) => {
  const bands = bandsOf(input.numbers('thresholds'), [0, 0.15, 0.2]);
  const income = input.number('ordinaryTaxableIncome');
  const gain = input.number('longTermGain');
  input.text('filing');
  input.number('year');
  const within = (band: number): number => amountInBand(bands, band, income, gain);
  const scales = { income, ordinary: [], long: bands, niit: { rate: 0, threshold: Infinity } };
  const { carried, classes } = regimeOf(example.regime).taxation!;
  const results = Float64Array.from(classes, ({ name }) => (name === 'long' ? gain : 0));
  const tax = withCharacter(scales, 0).bill(results, new Float64Array(carried.length));
  if (Math.abs(tax - taxInBands(bands, income, gain)) > 1e-6) throw new Error('the bill is not the tax in the bands');
  return { at0: within(0), at15: within(1), at20: within(2), tax };
};

const UK_COLUMNS = { gains: 0, earlyGains: 1, losses: 2, income: 3, carriedLoss: 0, carriedIncomeLoss: 1 };

const splitBand: Adapter = (input) => {
  const gains = input.number('gains');
  const exemptAmount = input.number('annualExemptAmount');
  const [lower = NaN, higher = NaN] = input.numbers('rates');
  const rates = { lower, higher };
  const lowerRoom = input.number('basicRateBand') - input.number('taxableIncome');
  const assessment = aboveExemptAmount(UK_COLUMNS, { exemptAmount, rates, earlyRates: rates, lowerRoom });
  const taxableGain = taxableAboveAllowance({ gains, losses: 0, broughtForward: 0, exemptAmount });
  const atLower = amountInBand(bandsOf([Math.max(0, lowerRoom)], [lower, higher]), 0, 0, taxableGain);
  const tax = assessment.bill(Float64Array.of(gains, 0, 0, 0), Float64Array.of(0, 0));
  return { taxableGain, atLower, atHigher: taxableGain - atLower, tax };
};

const splitYear: Adapter = (input) => {
  const early = input.number('gainsBefore30Oct2024');
  const late = input.number('gainsFrom30Oct2024');
  const exemptAmount = input.number('annualExemptAmount');
  // The rates given are those of the taxpayer, whichever band that is.
  input.flag('higherRateTaxpayer');
  const given = input.map('rates');
  const before = given.number('before');
  const after = given.number('after');
  const one = (rate: number) => ({ lower: rate, higher: rate });
  const terms = { exemptAmount, rates: one(after), earlyRates: one(before), lowerRoom: 0 };
  const split = { early, late, free: exemptAmount, lateIsDearer: after >= before };
  return {
    taxableBefore: taxableEarly(split),
    taxableAfter: taxableLate(split),
    tax: aboveExemptAmount(UK_COLUMNS, terms).bill(Float64Array.of(late, early, 0, 0), Float64Array.of(0, 0)),
  };
};

const lossOrder: Adapter = (input) => {
  input.text('order');
  const losses = input.number('currentLosses') + input.number('lossesBroughtForward');
  const year = { discountGains: input.number('discountGains'), otherGains: input.number('shortGains'), losses };
  return {
    lossesUsed: lossesUsed(year),
    shortGainsAfterLosses: otherGainsLeft(year),
    discountGainsAfterLosses: discountGainsLeft(year),
    netCapitalGain: netCapitalGain(year, input.number('discount')),
    lossCarriedForward: losses - lossesUsed(year),
  };
};

const AMPLE_INCOME = 1e9;

const capitalLoss: Adapter = (input, example) => {
  const { carried: columns, classes, assess } = regimeOf(example.regime).taxation!;
  const assessment = assess({
    rates: [],
    ordinaryOffset: input.number('ordinaryOffsetLimit'),
    year: Infinity,
    income: AMPLE_INCOME,
    filing: null,
  });
  const carried = new Float64Array(columns.length);
  return {
    years: input.list('years').map((each) => {
      const results = new Float64Array(classes.length);
      const broughtIn = carried[0]! + carried[1]!;
      results[0] = each.number('gains') - each.number('losses');
      assessment.carry(results, carried);
      const net = results[0] - broughtIn;
      const carriedForward = carried[0]! + carried[1]!;
      return { year: each.number('year'), net, deducted: Math.max(0, -net) - carriedForward, carriedForward };
    }),
  };
};

const exemptAmount: Adapter = (input) => {
  const year: AllowanceYear = {
    gains: input.number('gains'),
    losses: input.number('currentLosses'),
    broughtForward: input.number('lossesBroughtForward'),
    exemptAmount: input.number('annualExemptAmount'),
  };
  return {
    netBeforeBroughtForward: gainsAfterOwnLosses(year),
    lossesUsed: broughtForwardUsed(year),
    lossesUsedBroughtForward: broughtForwardUsed(year),
    taxable: taxableAboveAllowance(year),
    lossesCarriedForward: lossesCarriedForward(year),
  };
};

function byMethod(methods: Readonly<Record<string, Adapter>>): Adapter {
  return (input: Input, example) => {
    const adapter = methods[example.method];
    if (adapter === undefined) throw new Error(`method "${example.method}" of kind "${example.kind}" is not known`);
    return adapter(input, example);
  };
}

export const assessmentKinds: Readonly<Record<string, Adapter>> = {
  'tax-liability': byMethod({
    inclusion,
    'cgt-discount': discount,
    'section-23': exemptionLimit,
    'section-20-derivatives': cappedDerivatives,
    pfu: flatRate,
    '115bbh': everyGain,
    '194s': withheld,
    'section-1256': blended1256,
    niit,
    'ltcg-brackets': stacked,
    'cgt-rates': (input, example) => (input.has('gains') ? splitBand : splitYear)(input, example),
  }),
  'loss-carryforward': byMethod({
    'cgt-discount': lossOrder,
    'capital-loss': capitalLoss,
    'annual-exempt-amount': exemptAmount,
  }),
};
