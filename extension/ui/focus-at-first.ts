/** For `ref`: one function for good, since a new one at every render would take the focus back. */
export const focusAtFirst = (element: HTMLElement | null): void => element?.focus();
