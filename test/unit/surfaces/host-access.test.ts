import { describe, expect, it } from 'vitest';
import { createHostAccess, type Permissions } from '../../../extension/page/host-access.ts';

const HOSTS = ['https://mail.google.com/*', 'https://outlook.live.com/*'];

/** As a browser keeps them: what was granted, and whether the user says yes. */
function browserWith(granted: readonly string[], saysYes: boolean): Permissions {
  const origins = new Set(granted);
  return {
    contains: async (wanted) => wanted.origins.every((origin) => origins.has(origin)),
    async request(wanted) {
      if (saysYes) for (const origin of wanted.origins) origins.add(origin);
      return saysYes;
    },
  };
}

describe('the hosts of an update', () => {
  it('are not missing where the browser granted all of them', async () => {
    const access = createHostAccess(browserWith(HOSTS, true), HOSTS);
    await access.check();
    expect(access.isMissing.value).toBe(false);
  });

  it('are missing until the user grants them', async () => {
    const access = createHostAccess(browserWith(HOSTS.slice(0, 1), true), HOSTS);
    await access.check();
    expect(access.isMissing.value).toBe(true);
    await access.grant();
    expect(access.isMissing.value).toBe(false);
  });

  it('stay missing when the user says no', async () => {
    const access = createHostAccess(browserWith([], false), HOSTS);
    await access.grant();
    expect(access.isMissing.value).toBe(true);
  });
});
