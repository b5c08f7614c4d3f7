/** Numbers that JSON cannot hold are written as `{ "$number": "NaN" }`. */
interface Marked {
  readonly $number: string;
}

/** JSON text that keeps NaN, infinities and −0; everything else as `JSON.stringify` writes it. */
export function stringifyExactly(value: unknown, indent = 0): string {
  return JSON.stringify(
    value,
    (_key, each: unknown) => {
      if (typeof each !== 'number' || (Number.isFinite(each) && !Object.is(each, -0))) return each;
      return { $number: Object.is(each, -0) ? '-0' : String(each) } satisfies Marked;
    },
    indent,
  );
}

/**
 * The value back that `stringifyExactly` wrote.
 *
 * @throws {SyntaxError} when it is not JSON
 */
export function parseExactly(text: string): unknown {
  return JSON.parse(text, (_key, each: unknown) => (isMarked(each) ? Number(each.$number) : each));
}

function isMarked(value: unknown): value is Marked {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Marked>).$number === 'string';
}
