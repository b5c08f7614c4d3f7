import type { Html } from '../escape.ts';

/** One section of the page. */
export interface Section {
  /** Anchor. */
  readonly id: string;
  /** Its entry in the contents. */
  readonly entry: string;
  /** A question, set as its heading; null where the section brings its own (the verdict). */
  readonly title: string | null;
  readonly body: Html;
}
