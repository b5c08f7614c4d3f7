import { PROSE_WIDTH, wrapped } from '../report/text-table.ts';
import type { Terminal } from './terminal.ts';

/** How a paragraph stands on the terminal. */
export interface Layout {
  /** Blank characters before every line. */
  readonly indent?: number;
  /** More of them before all lines but the first. */
  readonly hang?: number;
  /** Colours one line at a time, so that no colour reaches over a line break. */
  readonly paint?: (line: string) => string;
}

/** Text without colours as lines that fit the terminal, where its words allow. */
export function paragraph(
  text: string,
  { width }: Pick<Terminal, 'width'>,
  { indent = 0, hang = 0, paint = (line) => line }: Layout = {},
): string[] {
  const lines = wrapped(text, Math.min(width, PROSE_WIDTH) - indent, hang);
  return lines.map((line, k) => ' '.repeat(indent + (k === 0 ? 0 : hang)) + paint(line));
}
