/** Incompatible changes raise this; see docs/protocol.md, "Versions". */
export const PROTOCOL_VERSION = 1;

/**
 * Frames just under 1 MB were seen to fail on hibernated sockets, and a body is held in memory twice
 * while it is checked. Larger pages gain nothing: the device's database is the bottleneck.
 */
export const MAX_FRAME_BYTES = 900_000;
/** A frame over an open socket: what a click writes, not what an import does. */
export const MAX_LIVE_BYTES = 64_000;
/** A header describes at most 1000 rows of about 120 bytes. */
export const MAX_HEADER_BYTES = 200_000;
/** What one row adds to a header, at most: pages are cut by this and not by trying. */
export const ROW_HEADER_BYTES = 160;

/**
 * One batch is one transaction: larger ones would hold up every other device of the workspace. Much
 * smaller ones cost more on the way than the rows in them.
 */
export const MAX_PUSH_ROWS = 1000;
export const MAX_PULL_ROWS = 1000;
/** The storage takes values up to 2 MB; several rows must still fit one batch and one page. */
export const MAX_SEALED_BYTES = 256_000;
/** What may come out of decompressing one row: a small sealed row must not fill the memory. */
export const MAX_PLAINTEXT_BYTES = 1_000_000;

export const MAX_JSON_BODY_BYTES = 16_000;
/** A sealed name, as base64url. */
export const MAX_LABEL_CHARS = 1400;

/** One document holds all members and devices, and is one value of the storage. */
export const MAX_STATE_MEMBERS = 100;
export const MAX_STATE_DEVICES = 100;
export const MAX_STATE_CHARS = 120_000;
/** A new key epoch brings a package for each device beside the state. */
export const MAX_STATE_BODY_BYTES = 160_000;
/** A whole chain of states, to put a workspace back or to take it to another worker. */
export const MAX_CHAIN_BODY_BYTES = 4_000_000;
export const MAX_CHAIN_STATES = 2000;

/** All parts of one pairing together, and how long it may take. */
export const MAX_SLOT_BYTES = 4096;
export const SLOT_LIFETIME_MS = 2 * 60 * 1000;
/** An invitation waits for a person to read a message. */
export const INVITATION_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;
export const MAX_INVITATIONS = 50;

/** A deleted row is remembered this long, so that a device can be away for it and still hear of it. */
export const TOMBSTONE_LIFETIME_MS = 180 * 24 * 60 * 60 * 1000;
/** Versions written over can be had back this long, and this many of a row. */
export const VERSION_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;
export const MAX_VERSIONS_PER_ROW = 20;

/**
 * What this software understands of rows, sent with each request as `Mainstay-Client`. Raised when
 * an older version would damage what a newer one writes; unknown fields and tables do not need it.
 */
export const CLIENT_VERSION = 1;
export const CLIENT_HEADER = 'Mainstay-Client';

/** What a socket sends to stay open; answered without waking the workspace. */
export const SOCKET_PING = 'ping';
export const SOCKET_PONG = 'pong';
export const SOCKET_PROTOCOL = 'mainstay.v1';
/** The socket is closed with this code when its device is out, or the workspace is deleted. */
export const SOCKET_REMOVED = 4001;
