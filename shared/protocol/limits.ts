/** Incompatible changes raise this; see docs/protocol.md, "Versions". */
export const PROTOCOL_VERSION = 1;

/**
 * Frames just under 1 MB were seen to fail on hibernated sockets, and a body is held in memory twice
 * while it is checked. Larger pages gain nothing: the device's database is the bottleneck.
 */
export const MAX_FRAME_BYTES = 900_000;
/** A header describes at most 1000 rows of about 120 bytes. */
export const MAX_HEADER_BYTES = 200_000;
/** What one row adds to a header, at most: pages are cut by this and not by trying. */
export const ROW_HEADER_BYTES = 160;

/** One batch is one transaction: larger ones would hold up every other device of the workspace. */
export const MAX_PUSH_ROWS = 200;
export const MAX_PULL_ROWS = 1000;
/** The storage takes values up to 2 MB; several rows must still fit one batch and one page. */
export const MAX_SEALED_BYTES = 256_000;
/** What may come out of decompressing one row: a small sealed row must not fill the memory. */
export const MAX_PLAINTEXT_BYTES = 1_000_000;

export const MAX_JSON_BODY_BYTES = 16_000;
/** A device's sealed name. */
export const MAX_LABEL_BYTES = 1024;

/** All parts of one pairing together, and how long it may take. */
export const MAX_SLOT_BYTES = 4096;
export const SLOT_LIFETIME_MS = 2 * 60 * 1000;

/** What a socket sends to stay open; answered without waking the workspace. */
export const SOCKET_PING = 'ping';
export const SOCKET_PONG = 'pong';
export const SOCKET_PROTOCOL = 'mainstay.v1';
