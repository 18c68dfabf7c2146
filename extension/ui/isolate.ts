/** Unicode's isolates do inside a sentence what `<bdi>` does around an element. */
export const isolate = (text: string): string => `\u2068${text}\u2069`;
