import { Hono } from 'hono';
import type { AppEnv } from '../request.ts';
import { JOIN_PAGE, JOIN_STYLE_HASH } from '../join-page.ts';

/** Where an invitation's link leads. The code is in the fragment, so this never learns it. */
export const joinRoutes = new Hono<AppEnv>().get('/', (c) =>
  c.html(JOIN_PAGE, 200, {
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src 'sha256-${JOIN_STYLE_HASH}'`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  }),
);
