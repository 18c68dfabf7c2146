type Defined<Fields> = { [Key in keyof Fields]: Exclude<Fields[Key], undefined> };

/** What was not said is not changed: a patch has no undefined values. */
export function withoutUndefined<Fields extends object>(fields: Fields): Partial<Defined<Fields>> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Defined<Fields>>;
}
