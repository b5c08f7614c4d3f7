import type { Inputs } from './inputs.ts';

/** A worked example as the file has it. */
export interface Example {
  readonly id: string;
  readonly kind: string;
  readonly venue?: string;
  readonly contract?: string;
  readonly marginMode?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
  /** By expected field, or for all of them: `abs`, or `rel` of what is expected; a number is `abs`. */
  readonly tolerance?: number | Readonly<Record<string, number>>;
  readonly formula?: string;
}

/** What the product answers, by the name of the expected field: a number, a text, null for no such price; of several numbers any may be expected. */
export type Answer = number | string | null | readonly number[];
export type Answers = Readonly<Record<string, () => Answer>>;
/** Maps the inputs of one kind of example to calls of the product. */
export type Adapter = (inputs: Inputs, example: Example) => Answers;
