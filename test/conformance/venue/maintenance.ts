import { bracketAt, bracketsFrom } from '../../../src/venue/margin.ts';
import type { MaintenanceBracket } from '../../../src/venue/venue.ts';
import type { Example } from './example.ts';
import type { Inputs } from './inputs.ts';
import { presetFact } from './instrument.ts';

const AMOUNT = ['maintenanceAmount', 'maintenanceAmountCoin', 'mmDeduction', 'cum'] as const;

/** Maintenance brackets of an example: the one it states, the table it states, or that of the venue's preset for its symbol. */
export function maintenanceOf(inputs: Inputs, example: Example): readonly MaintenanceBracket[] {
  if (inputs.has('mmr')) {
    inputs.leave('symbol', 'maxLeverage');
    return [{ floor: 0, rate: inputs.need('mmr'), amount: inputs.number(...AMOUNT) ?? 0, maxLeverage: null }];
  }
  if (inputs.has('tiers')) {
    inputs.leave('symbol');
    return tabled(inputs.list('tiers'));
  }
  return presetFact('maintenance', example, inputs).value.brackets;
}

function tabled(tiers: readonly Inputs[]): readonly MaintenanceBracket[] {
  let floor = 0;
  const brackets = bracketsFrom(
    tiers.map((tier) => {
      const from = tier.number('floor', 'from') ?? floor;
      floor = tier.number('cap', 'upTo', 'to') ?? Infinity;
      return [from, tier.need('mmr', 'rate'), tier.number('maxLeverage') ?? null];
    }),
  );
  tiers.forEach((tier, k) => {
    const stated = tier.number(...AMOUNT);
    if (stated !== undefined && Math.abs(stated - brackets[k]!.amount) > 1e-6 * Math.max(1, stated)) {
      throw new Error(`inputs.tiers[${k}] states the amount ${stated}, which does not continue the band below it`);
    }
  });
  return brackets;
}

/** The bracket of a size, where the table is known that far. */
export function knownBracket(inputs: Inputs, example: Example, size: number): MaintenanceBracket {
  const brackets = maintenanceOf(inputs, example);
  if (!inputs.has('mmr') && !inputs.has('tiers')) {
    const { upTo } = presetFact('maintenance', example, inputs).value;
    if (upTo !== null && size > upTo) throw new Error(`the table of the ${example.venue} preset ends at ${upTo}`);
  }
  return bracketAt(brackets, size);
}
