/**
 * What we take for an email address, in lower case. An apostrophe is part of many names
 * (o'neil@…); around an address it is a quotation mark. Nothing that a page could read as markup.
 */
export const ADDRESS_FORM = /^[^\s@<>()"',;:][^\s@<>()",;:]*@[^\s@<>()"',;:]+$/;
export const MAX_ADDRESS_LENGTH = 254;
