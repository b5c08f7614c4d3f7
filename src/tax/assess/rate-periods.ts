/** Gains of a year in which the rate changed, with what may be set against them where tax is highest; all ≥ 0, one currency. */
export interface SplitYear {
  /** Gains before the change. */
  readonly early: number;
  /** Gains from the change on. */
  readonly late: number;
  /** Losses and exempt amount together: what is free of tax. */
  readonly free: number;
  /** Whether the later rates are the higher ones. */
  readonly lateIsDearer: boolean;
}

/**
 * What stays taxable of the early gains: the free amount goes where tax is highest first.
 *
 * @see HMRC Capital Gains Manual CG18030: the exempt amount may be set against gains in the way that is best for the taxpayer
 */
export function taxableEarly({ early, late, free, lateIsDearer }: SplitYear): number {
  return Math.max(0, early - (lateIsDearer ? Math.max(0, free - late) : free));
}

/** What stays taxable of the late gains; see `taxableEarly`. */
export function taxableLate({ early, late, free, lateIsDearer }: SplitYear): number {
  return Math.max(0, late - (lateIsDearer ? free : Math.max(0, free - early)));
}
