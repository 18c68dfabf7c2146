import { describe, expect, it } from 'vitest';
import { choicesFor, type PaletteAction } from '../../../extension/features/palette/choices.ts';

const action = (id: string, label: string): PaletteAction => ({ id, label, run: () => undefined });
const actions = [
  action('log-call', 'Log call: Noa'),
  action('settings', 'Settings and sync'),
  action('sync-now', 'Sync now'),
];
const found = (name: string, clientId = name) => ({ clientId, name, people: [] });

const ids = (...args: Parameters<typeof choicesFor>): readonly string[] =>
  choicesFor(...args).map((choice) =>
    choice.kind === 'client' ? choice.client.clientId : choice.action.id,
  );

describe('the palette', () => {
  it('offers every action before anything is typed', () => {
    expect(ids('', actions, [])).toEqual(['log-call', 'settings', 'sync-now']);
  });

  it('puts an action that begins with the text before one that only has it', () => {
    expect(ids('sync', actions, [])).toEqual(['sync-now', 'settings']);
  });

  it('takes the words of an action in any order, without accents or case', () => {
    expect(ids('CALL lóg', actions, [])).toEqual(['log-call']);
  });

  it('puts a client of that name before any action', () => {
    expect(ids('se', actions, [found('Severin')])).toEqual(['Severin', 'settings']);
  });

  it('puts a client found by a person or an address after the actions that begin so', () => {
    expect(ids('sync', actions, [found('Levi')])).toEqual(['sync-now', 'Levi', 'settings']);
  });

  it('lists no more clients than can be looked over', () => {
    const many = Array.from({ length: 20 }, (_, index) => found(`Client ${index}`));
    expect(ids('client', [], many)).toHaveLength(7);
  });
});
