import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';

const MENU = { permissions: ['contextMenus'] } satisfies { permissions: ['contextMenus'] };

/** Whether the lines in the context menu are still to be asked for, and the asking. */
export function useMenu(): { readonly canAdd: boolean; readonly add: () => void } {
  const [canAdd, setCanAdd] = useState(false);
  useEffect(() => {
    void browser.permissions.contains(MENU).then((has) => setCanAdd(!has));
  }, []);
  return {
    canAdd,
    // Nothing is awaited before it: browsers ask only in the click itself. The background adds the lines.
    add: () => void browser.permissions.request(MENU).then((has) => setCanAdd(!has)),
  };
}
