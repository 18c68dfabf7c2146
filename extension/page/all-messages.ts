import type { BackupMessages } from '../features/backup/messages.ts';
import type { ClientCardMessages } from '../features/client-card/messages.ts';
import type { ListMarksMessages } from '../features/list-marks/messages.ts';
import type { PromiseMessages } from '../features/promises/messages.ts';
import type { QuickLogMessages } from '../features/quick-log/messages.ts';
import type { SampleDataMessages } from '../features/sample-data/messages.ts';
import type { SettingsMessages } from '../features/settings/messages.ts';
import type { SyncMessages } from '../features/sync/messages.ts';
import type { TimeMessages } from '../features/time/messages.ts';
import type { TodayMessages } from '../features/today/messages.ts';

/** Everything that a page of the extension may ask the background. */
export type AllMessages = ClientCardMessages &
  QuickLogMessages &
  TodayMessages &
  PromiseMessages &
  TimeMessages &
  SampleDataMessages &
  ListMarksMessages &
  SettingsMessages &
  SyncMessages &
  BackupMessages;
