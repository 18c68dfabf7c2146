/** Apart from the schemas, so that a page can have the words without the validator. */
export const relationshipTypes = [
  'transactional',
  'long-term',
  'personal-assistance',
  'dedicated-personal-assistance',
  'self-service',
  'automated-service',
  'community',
] as const;
export const lifecycleStages = [
  'exploration',
  'awareness',
  'expansion',
  'commitment',
  'dissolution',
] as const;
export const clientStatuses = ['prospect', 'active', 'paused', 'lost', 'regained'] as const;
/** How a client likes to be reached. */
export const channels = ['email', 'call', 'meeting', 'message'] as const;
export const tiers = ['A', 'B', 'C', 'D'] as const;
export type Tier = (typeof tiers)[number];
export type LifecycleStage = (typeof lifecycleStages)[number];
export type ClientChannel = (typeof channels)[number];
export type ClientStatus = (typeof clientStatuses)[number];
