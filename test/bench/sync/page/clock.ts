/**
 * The machine's clock with fractions of a millisecond: `Date.now()` for what two processes must
 * agree on, refined by where its next tick falls on this page's own clock.
 */
export function createFineClock(): () => number {
  const before = Date.now();
  let tick = before;
  while (tick === before) tick = Date.now();
  const offset = tick - performance.now();
  return () => offset + performance.now();
}
