import type { Band } from '../assess/bands.ts';
import { bandsOf } from '../assess/bands.ts';
import type { ByYear } from '../regime.ts';

// Rev. Proc. 2023-34 (2024), 2024-40 (2025) and 2025-32 (2026); read 2026-11-22.

/** Filing statuses whose ordinary bands are known. Separate bands are half of the joint ones: 26 U.S.C. 1(d), 1(j)(2)(D). */
export const FILINGS = ['single', 'joint', 'separate'] as const;
export type Filing = (typeof FILINGS)[number];

const ORDINARY_RATES = [0.1, 0.12, 0.22, 0.24, 0.32, 0.35, 0.37];
const LONG_RATES = [0, 0.15, 0.2];

/** Upper ends of the bands below the last, by year. */
interface Ends {
  readonly ordinary: Readonly<Record<Filing, readonly number[]>>;
  readonly long: Readonly<Record<Filing, readonly number[]>>;
}

const ENDS: ByYear<Ends> = [
  {
    from: 2024,
    figures: {
      ordinary: byFiling(
        [11_600, 47_150, 100_525, 191_950, 243_725, 609_350],
        [23_200, 94_300, 201_050, 383_900, 487_450, 731_200],
      ),
      long: { single: [47_025, 518_900], joint: [94_050, 583_750], separate: [47_025, 291_850] },
    },
  },
  {
    from: 2025,
    figures: {
      ordinary: byFiling(
        [11_925, 48_475, 103_350, 197_300, 250_525, 626_350],
        [23_850, 96_950, 206_700, 394_600, 501_050, 751_600],
      ),
      long: { single: [48_350, 533_400], joint: [96_700, 600_050], separate: [48_350, 300_000] },
    },
  },
  {
    from: 2026,
    figures: {
      ordinary: byFiling(
        [12_400, 50_400, 105_700, 201_775, 256_225, 640_600],
        [24_800, 100_800, 211_400, 403_550, 512_450, 768_700],
      ),
      long: { single: [49_450, 545_500], joint: [98_900, 613_700], separate: [49_450, 306_850] },
    },
  },
];

function byFiling(single: readonly number[], joint: readonly number[]): Record<Filing, readonly number[]> {
  return { single, joint, separate: joint.map((end) => end / 2) };
}

/** The two scales of a filing status. */
export interface UsScales {
  readonly ordinary: readonly Band[];
  readonly long: readonly Band[];
}

/** Ordinary and long-term bands by year, for each filing status. */
export const US_SCALES: ByYear<Readonly<Record<Filing, UsScales>>> = ENDS.map(({ from, figures }) => ({
  from,
  figures: { single: scales(figures, 'single'), joint: scales(figures, 'joint'), separate: scales(figures, 'separate') },
}));

function scales({ ordinary, long }: Ends, filing: Filing): UsScales {
  return { ordinary: bandsOf(ordinary[filing], ORDINARY_RATES), long: bandsOf(long[filing], LONG_RATES) };
}

/** Net investment income tax: 26 U.S.C. 1411; the thresholds are not indexed. */
export const NIIT_RATE = 0.038;
export const NIIT_THRESHOLDS: Readonly<Record<Filing, number>> = { single: 200_000, joint: 250_000, separate: 125_000 };
