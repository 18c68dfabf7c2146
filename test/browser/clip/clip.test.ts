import { expect, describe, it } from 'vitest';
import { createClip, type ClipModel } from '../../../extension/clip/clip-model.ts';
import { clipped, type ClippedPage } from '../../../extension/clip/clipped-page.ts';
import { createShare, type ShareModel } from '../../../extension/clip/share-model.ts';
import { readInterested } from '../../../extension/db/interested-query.ts';
import { clientCardHandlers } from '../../../extension/features/client-card/background.ts';
import { quickLogHandlers } from '../../../extension/features/quick-log/background.ts';
import type { QuickLogMessages } from '../../../extension/features/quick-log/messages.ts';
import { createQuickLog, type QuickLog } from '../../../extension/features/quick-log/model.ts';
import { failed } from '../../../extension/messaging/messages.ts';
import { createReceiver } from '../../../extension/messaging/receive.ts';
import { createSend } from '../../../extension/messaging/send.ts';
import type { AllMessages } from '../../../extension/page/all-messages.ts';
import type { DraftFields } from '../../../extension/sites/draft.ts';
import {
  NOW,
  addClient,
  addContact,
  countingBytes,
  testDevice,
  type TestDevice,
} from '../db/support/device.ts';

const PAPER: Parameters<typeof clipped>[0] = {
  selection: 'Noa likes golf',
  title: 'Golfers of Scotland',
  url: 'https://paper.example/golf',
  description: 'Wine, too',
};

interface Clip {
  readonly device: TestDevice;
  readonly model: ClipModel;
  readonly share: ShareModel;
  readonly quickLog: QuickLog;
  readonly drafts: DraftFields[];
  readonly undoShown: () => Promise<void>;
}

/** The clip over a real database, with the background's own handlers behind its messages. */
async function start(page: ClippedPage = clipped(PAPER, true)): Promise<Clip> {
  const device = await testDevice();
  await device.writer.write([
    addClient('client-1', { domains: { 'levi.example': true }, interests: { golf: true } }),
    addContact('contact-1', 'client-1', { emails: { 'old@levi.example': true }, hasLeft: true }),
    addContact('contact-2', 'client-1', { emails: { 'dan@levi.example': true } }),
    addContact('contact-3', 'client-1', {
      emails: { 'noa@levi.example': true },
      isKey: true,
      createdAt: NOW + 1,
    }),
    addClient('client-2', { name: 'Harbour', interests: { wine: true, golf: false } }),
    addClient('client-3', { name: 'Finch', interests: { sailing: true } }),
    addClient('client-4', { name: 'Gone', interests: { golf: true }, deleted: true }),
    addClient('client-5', { name: 'Quarry' }),
  ]);
  const deps = {
    db: device.db,
    writer: device.writer,
    now: () => NOW,
    randomBytes: countingBytes(),
    freeMailDomains: async () => new Set(['freemail.example']),
    language: async () => ({ locale: 'en', direction: 'ltr' as const, catalogue: {} }),
    lineLanguages: async () => [],
    panelStyles: async () => '',
  };
  const receive = createReceiver({ ...clientCardHandlers(deps), ...quickLogHandlers(deps) }, () =>
    failed('unexpected'),
  );
  const asker = { isExtensionPage: true, tabId: null };
  const runtime = { id: 'mainstay', sendMessage: (sent: unknown) => receive(sent, asker) };
  const send = createSend<AllMessages>(runtime);
  const quickLog = createQuickLog({
    send: createSend<QuickLogMessages>(runtime),
    undoneWords: 'undone',
    savedWords: 'saved',
    onChanged: () => undefined,
  });
  const drafts: DraftFields[] = [];
  const words = { saved: 'saved', added: () => 'added', attached: () => 'attached' };
  return {
    device,
    quickLog,
    drafts,
    model: createClip({ send, page, action: 'note', quickLog, words }),
    share: createShare({
      page,
      readInterested: () => readInterested(device.db),
      send,
      openDraft: async (draft) => void drafts.push(draft),
      report: quickLog.report,
    }),
    async undoShown() {
      const toast = quickLog.toast.value;
      const token =
        toast?.kind === 'changed'
          ? toast.undoToken
          : toast?.kind === 'logged'
            ? toast.logged.undoToken
            : null;
      await quickLog.undo(token ?? 'nothing to undo is shown');
    },
  };
}

const entriesOf = async (clip: Clip, clientId: string) => {
  await clip.model.pick(clientId);
  return clip.model.client.value?.recent ?? [];
};

describe('a note', () => {
  it('goes into the history with the page’s title and address, and out of it again', async () => {
    const clip = await start();
    await clip.model.pick('client-1');
    await clip.model.saveEntry();
    expect(await entriesOf(clip, 'client-1')).toMatchObject([
      {
        kind: 'note',
        summary: 'Noa likes golf',
        subject: 'Golfers of Scotland',
        threadUrl: 'https://paper.example/golf',
      },
    ]);
    await clip.undoShown();
    expect(await entriesOf(clip, 'client-1')).toEqual([]);
  });

  it('pressed twice is saved once', async () => {
    const clip = await start();
    await clip.model.pick('client-1');
    await Promise.all([clip.model.saveEntry(), clip.model.saveEntry()]);
    expect(await entriesOf(clip, 'client-1')).toHaveLength(1);
  });

  it('longer than an entry goes to the end of the notes as they are at that moment', async () => {
    const selection = 'word '.repeat(300).trim();
    const clip = await start(clipped({ ...PAPER, selection }, true));
    await clip.model.pick('client-1');
    await clip.device.writer.write([
      { table: 'clients', id: 'client-1', patch: { notes: 'written meanwhile' } },
    ]);
    expect(await clip.model.appendToNotes('22 Nov')).toBe(true);
    const notes = async () => (await clip.device.db.clients.get('client-1'))?.notes;
    expect(await notes()).toBe(
      `written meanwhile\n\n${selection}\n— 22 Nov · Golfers of Scotland · https://paper.example/golf`,
    );
    await clip.undoShown();
    expect(await notes()).toBe('written meanwhile');
  });

  it('that has no room in the notes is refused, and the notes stay', async () => {
    const clip = await start();
    const notes = 'x'.repeat(19_990);
    await clip.device.writer.write([{ table: 'clients', id: 'client-1', patch: { notes } }]);
    await clip.model.pick('client-1');
    expect(await clip.model.appendToNotes('22 Nov')).toBe(false);
    expect((await clip.device.db.clients.get('client-1'))?.notes).toBe(notes);
  });

  it('is offered to the client whose address is in the words, or whose site it is', async () => {
    const byAddress = await start(clipped({ ...PAPER, selection: 'Dan: dan@levi.example' }, true));
    await byAddress.model.guess();
    expect(byAddress.model.client.value?.clientId).toBe('client-1');
    const url = 'https://www.levi.example/news';
    const bySite = await start(clipped({ ...PAPER, url }, true));
    await bySite.model.guess();
    expect(bySite.model.client.value?.clientId).toBe('client-1');
    const byNothing = await start();
    await byNothing.model.guess();
    expect(byNothing.model.client.value).toBeNull();
  });
});

describe('a person', () => {
  it('of an unknown company is suggested as a new client, added with both, and undone', async () => {
    const selection = 'Ada Stone\nHead of Design\nada@stone.example';
    const clip = await start(clipped({ ...PAPER, selection }, true));
    await clip.model.guess();
    expect(clip.model.person.value).toMatchObject({
      name: 'Ada Stone',
      address: 'ada@stone.example',
      suggestion: { clientName: 'Stone', domain: 'stone.example' },
    });
    await clip.model.addClient({
      clientName: 'Stone',
      personName: 'Ada Stone',
      address: 'ada@stone.example',
      domain: 'stone.example',
    });
    expect(await clip.model.search('ada')).toMatchObject([{ name: 'Stone' }]);
    await clip.undoShown();
    expect(await clip.model.search('ada')).toEqual([]);
  });

  it('is added to the chosen client, and undone', async () => {
    const clip = await start();
    await clip.model.pick('client-2');
    await clip.model.addPerson({ name: 'Ada Stone', address: 'ada@stone.example' });
    const names = async () => {
      await clip.model.pick('client-2');
      return clip.model.client.value?.contacts.map(({ name }) => name);
    };
    expect(await names()).toEqual(['Ada Stone']);
    await clip.undoShown();
    expect(await names()).toEqual([]);
  });
});

describe('sharing', () => {
  it('names the clients whose interest the page has, with the word, and nobody else', async () => {
    const { share } = await start();
    await share.find('');
    expect(
      share.lines.value?.map(({ name, match, contact }) => [name, match, contact?.address]),
    ).toEqual([
      ['Harbour', { interest: 'wine', word: 'Wine' }, undefined],
      ['Levi & Sons', { interest: 'golf', word: 'Golfers' }, 'noa@levi.example'],
    ]);
    expect(share.lines.value?.every(({ isChosen }) => !isChosen)).toBe(true);
  });

  it('opens and logs a draft for whoever was chosen, and takes the log back', async () => {
    const clip = await start();
    await clip.share.find('');
    clip.share.choose('client-1', true);
    await clip.share.open();
    expect(clip.drafts).toEqual([
      {
        to: ['noa@levi.example'],
        subject: 'Golfers of Scotland',
        body: 'Golfers of Scotland\nhttps://paper.example/golf',
      },
    ]);
    expect(await entriesOf(clip, 'client-1')).toMatchObject([
      { kind: 'email', subject: 'Golfers of Scotland', threadUrl: 'https://paper.example/golf' },
    ]);
    expect(await entriesOf(clip, 'client-2')).toEqual([]);
    await clip.share.undo('client-1');
    expect(await entriesOf(clip, 'client-1')).toEqual([]);
    expect(clip.share.lines.value?.map(({ state }) => state)).toEqual(['open', 'undone']);
  });

  it('finds a client as soon as the interest has been added here', async () => {
    const clip = await start();
    await clip.share.find('');
    await clip.model.pick('client-5');
    expect(await clip.model.addInterests('Scotland, wine')).toBe(true);
    await clip.share.find('');
    expect(clip.share.lines.value?.map(({ name }) => name)).toContain('Quarry');
    await clip.undoShown();
    await clip.share.find('');
    expect(clip.share.lines.value?.map(({ name }) => name)).not.toContain('Quarry');
  });

  it('with words of no one’s interest finds nobody, and knows that there are interests', async () => {
    const page = clipped({ ...PAPER, title: 'Chess', description: '' }, true);
    const { share } = await start(page);
    await share.find('a game');
    expect(share.lines.value).toEqual([]);
    expect(share.hasInterests.value).toBe(true);
  });
});
