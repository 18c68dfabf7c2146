import { Hono } from 'hono';
import { toPolicy } from '../middleware.ts';
import type { AppEnv } from '../request.ts';
import { JOIN_PAGE, JOIN_STYLE_HASH } from '../join-page.ts';

/** Where an invitation's link leads. The code is in the fragment, so this never learns it. */
export const joinRoutes = new Hono<AppEnv>().get('/', (c) =>
  c.html(JOIN_PAGE, 200, {
    'Content-Security-Policy': toPolicy(`style-src 'sha256-${JOIN_STYLE_HASH}'`, 'sandbox'),
  }),
);
