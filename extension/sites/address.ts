/** Lower case; null for what is no address. */
export function addressIn(text: string | null): string | null {
  const trimmed = text?.trim().toLowerCase() ?? '';
  return /^[^\s@]+@[^\s@]+$/.test(trimmed) ? trimmed : null;
}
