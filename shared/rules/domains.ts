/**
 * Second-level labels under which names are registered, so that `levi.co.il` is about "levi" and
 * `co.il` is nobody's. The full public suffix list would be larger than the panel that needs it.
 */
const REGISTRY_LABELS = new Set(['co', 'com', 'org', 'net', 'ac', 'gov', 'edu', 'or', 'ne']);

export const isRegistryLabel = (label: string | undefined): boolean =>
  label !== undefined && REGISTRY_LABELS.has(label);
