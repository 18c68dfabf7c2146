const text = { type: 'string' };
const number = { type: 'number' };
const set = { type: 'object' };
const flag = { type: 'boolean' };
const id = { type: 'string', maxLength: 64 };
const instant = { type: 'number', minimum: 0, maximum: 8_640_000_000_000_000, multipleOf: 1 };

const table = (properties, indexes = []) => ({
  schema: {
    version: 0,
    primaryKey: 'id',
    type: 'object',
    properties: { id, createdAt: number, ...properties },
    required: ['id', ...new Set(indexes.flat())],
    indexes,
  },
});

/** The product's tables and, as far as RxDB can index them, its indexes. */
export const collections = {
  clients: table({
    name: text,
    domains: set,
    relationshipType: text,
    stage: text,
    status: text,
    tier: text,
    language: text,
    channel: text,
    cadence: { type: 'array' },
    snoozedUntil: text,
  }),
  contacts: table(
    {
      clientId: id,
      name: text,
      emails: set,
      phones: set,
      role: text,
      isKey: flag,
      hasLeft: flag,
    },
    [['clientId']],
  ),
  interactions: table(
    {
      clientId: id,
      contactId: { type: ['string', 'null'] },
      kind: text,
      direction: { type: ['string', 'null'] },
      at: instant,
      minutes: number,
      summary: text,
      subject: text,
      threadUrl: text,
      source: text,
    },
    [['clientId', 'at']],
  ),
};
