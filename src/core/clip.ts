/** Text for a message: of a long one the beginning, and that there is more. */
export function clip(text: string, most = 40): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
