/** A worked example as the file has it; `input` and `expected` take the shape of the kind. */
export interface TaxExample {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly regime: string;
  readonly method: string;
  readonly currency: string;
  readonly input: unknown;
  readonly expected: unknown;
  readonly tolerance: { readonly abs: number };
}

/** One way to run an example: the answers under the names that `expected` uses. */
export type Adapter = (input: Input, example: TaxExample) => unknown;

/** An input that knows which of its fields were read. */
export class Input {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #read: Set<string>;

  constructor(value: unknown, path = 'input', read = new Set<string>()) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${path} is no map of fields`);
    this.#value = value as Record<string, unknown>;
    this.#path = path;
    this.#read = read;
  }

  has(field: string): boolean {
    return field in this.#value;
  }

  fields(): string[] {
    return Object.keys(this.#value);
  }

  number(field: string): number {
    return this.#typed(field, 'number') as number;
  }

  text(field: string): string {
    return this.#typed(field, 'string') as string;
  }

  /** A text or a number that only names something. */
  name(field: string): string {
    return String(this.#typed(field, typeof this.#value[field] === 'number' ? 'number' : 'string'));
  }

  flag(field: string): boolean {
    return this.#typed(field, 'boolean') as boolean;
  }

  numbers(field: string): number[] {
    const values = this.#typed(field, 'object') as unknown[];
    if (!Array.isArray(values)) throw new Error(`${this.#path}.${field} is no list`);
    values.forEach((value, k) => {
      if (typeof value !== 'number') throw new Error(`${this.#path}.${field}[${k}] is no number`);
    });
    return values as number[];
  }

  map(field: string): Input {
    return new Input(this.#typed(field, 'object'), `${this.#path}.${field}`, this.#read);
  }

  list(field: string): Input[] {
    const values = this.#typed(field, 'object');
    if (!Array.isArray(values)) throw new Error(`${this.#path}.${field} is no list`);
    return values.map((value, k) => new Input(value, `${this.#path}.${field}[${k}]`, this.#read));
  }

  /** Paths of all fields, down to values and lists of numbers, that nothing has read. */
  unread(): string[] {
    const walk = (value: unknown, path: string): string[] => {
      if (this.#read.has(path) && (typeof value !== 'object' || value === null)) return [];
      if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return this.#read.has(path) ? [] : [path];
      if (typeof value !== 'object' || value === null) return [path];
      return Object.entries(value).flatMap(([key, each]) =>
        walk(each, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`),
      );
    };
    return walk(this.#value, this.#path);
  }

  #typed(field: string, type: string): unknown {
    const path = `${this.#path}.${field}`;
    const value = this.#value[field];
    if (value === undefined) throw new Error(`${path} is missing`);
    if (typeof value !== type || value === null) throw new Error(`${path} is no ${type}: ${JSON.stringify(value)}`);
    this.#read.add(path);
    return value;
  }
}
