import { type Html, type HtmlValue, html } from './escape.ts';

/** A cell: its content, and a class where it is marked. */
export interface Cell {
  readonly content: HtmlValue;
  readonly className?: string;
}

/** A row with its heading; `kind` sets it apart: a sum, or a part of the row above. */
export interface TableRow {
  readonly head: HtmlValue;
  readonly cells: readonly (HtmlValue | Cell)[];
  readonly kind?: 'total' | 'sub';
}

export interface Table {
  /** What the table is, for screen readers; unique on the page. */
  readonly name: string;
  /** Above the table, where a heading does not say it all. */
  readonly caption?: string;
  readonly head: readonly HtmlValue[];
  /** Groups of rows, each with a title, or one without. */
  readonly groups: readonly { readonly title: HtmlValue; readonly rows: readonly TableRow[] }[];
  /**
   * `compact`: smaller; `text`: columns of words, left aligned; `sticky`: the first column stays in sight; `phrases`: it holds phrases that
   * a phone breaks into lines; `stacked`: a phone writes the heading of a row above its cells, which then have the whole width.
   */
  readonly look?:
    | 'compact'
    | 'text'
    | 'compact text'
    | 'sticky stacked'
    | 'compact sticky'
    | 'compact sticky stacked'
    | 'compact sticky phrases';
}

/** Tables with more columns are set smaller in print. */
const WIDEST_ON_PAPER = 8;
/** Tables with no more lines than this are kept on one page in print. */
const LONGEST_WHOLE = 14;

/** A table that scrolls sideways on its own where it is wider than the page, by keyboard too. */
export function renderTable({ name, caption, head, groups, look }: Table): Html {
  const lines = groups.reduce((sum, { rows }) => sum + rows.length, groups.length);
  const onPaper = [head.length > WIDEST_ON_PAPER && 'many', lines <= LONGEST_WHOLE && 'whole'];
  const className = ['scroll', look, ...onPaper].filter(Boolean).join(' ');
  return html`<div class="${className}" role="region" aria-label="${name}" tabindex="0">
    <table>
      ${
        caption !== undefined &&
        html`<caption>
          <span>${caption}</span>
        </caption>`
      }
      <thead>
        <tr>
          ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      ${groups.map(
        ({ title, rows }) =>
          html`<tbody>
            ${
              title !== null &&
              html`<tr>
                <th scope="rowgroup" colspan="${head.length}"><span>${title}</span></th>
              </tr>`
            }${rows.map(renderRow)}
          </tbody> `,
      )}
    </table>
  </div>`;
}

function renderRow({ head, cells, kind }: TableRow): Html {
  return html`<tr${kind !== undefined && html` class="${kind}"`}><th scope="row">${head}</th>${cells.map(renderCell)}</tr>
`;
}

function renderCell(value: HtmlValue | Cell): Html {
  if (!isCell(value)) return html`<td>${value}</td>`;
  return html`<td${value.className !== undefined && html` class="${value.className}"`}>${value.content}</td>`;
}

function isCell(value: HtmlValue | Cell): value is Cell {
  return typeof value === 'object' && value !== null && 'content' in value;
}
