/** The extension was updated or removed under a page that was already open: nobody answers any more. */
export const isOrphaned = (runtime: { readonly id?: string | undefined }): boolean => !runtime.id;
