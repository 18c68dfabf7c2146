/** The names of our own elements in a host page: what is called so is not the page's. */
export const PANEL = 'mainstay-panel';
export const MARK = 'mainstay-mark';
