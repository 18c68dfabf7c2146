/** A bug as it could have been written, planted into one file of the product. */
export interface Mutant {
  readonly name: string;
  /** The end of the file's path. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** Comparing both sides would heal it within hours: planted together with `notComparing`. */
  readonly isHealed?: true;
}

/** Throws when the place is no longer there: a mutant that changes nothing would prove nothing. */
export function mutate(source: string, { name, find, replace }: Mutant): string {
  const text = source.replaceAll('\r\n', '\n');
  if (text.split(find).length !== 2) throw new Error(`the mutant "${name}" fits no longer`);
  return text.replace(find, () => replace);
}
