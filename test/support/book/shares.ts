/**
 * Deals out `total` things by weight, whole and exactly: the n-th share is what the running sum
 * grows by. Without any weight the shares are equal.
 */
export function sharesOf(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  let running = 0;
  let dealt = 0;
  return weights.map((weight, index) => {
    running += sum > 0 ? weight / sum : 1 / weights.length;
    const until =
      index === weights.length - 1 ? total : Math.min(total, Math.floor(running * total));
    const share = until - dealt;
    dealt = until;
    return share;
  });
}
