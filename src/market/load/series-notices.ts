import type { Notice } from '../../core/notice.ts';

/** What a reader must know about the series of one market, gathered so that one sentence names them all. */
export class SeriesNotices {
  readonly #byCode = new Map<string, { sentence: string; details: string[]; count: number; first: number | null }>();

  /**
   * @param sentence - the same for every detail of a code
   * @param detail - which series, how many, since when
   * @param time - moment of the first occurrence, UTC ms
   */
  add(
    code: string,
    sentence: string,
    detail: string,
    { count = 1, time = null }: { count?: number; time?: number | null } = {},
  ): void {
    const notice = this.#byCode.get(code) ?? { sentence, details: [], count: 0, first: null };
    if (!notice.details.includes(detail)) notice.details.push(detail);
    notice.count += count;
    if (time !== null) notice.first = Math.min(time, notice.first ?? Infinity);
    this.#byCode.set(code, notice);
  }

  list(): Notice[] {
    return [...this.#byCode].map(([code, { sentence, details, count, first }]) => {
      return { code, message: `${sentence}: ${details.join('; ')}`, count, first };
    });
  }
}
