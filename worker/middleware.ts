import { createMiddleware } from 'hono/factory';
import { CLIENT_HEADER } from '../shared/protocol/limits.ts';
import { callerOf } from './caller.ts';
import { errorResponse } from './error-response.ts';
import type { AppEnv } from './request.ts';
import type { Scope } from './services.ts';

const PREFLIGHT_SECONDS = '86400';

/** Nothing may run, load, be sent or be framed, whatever a browser takes an answer for. */
export const toPolicy = (...more: readonly string[]): string =>
  [
    "default-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    ...more,
  ].join('; ');

const SECURITY_HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': toPolicy('sandbox'),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;

/** One line for each request: the route's pattern, never a path, an id, a header or a body. */
export const requestLog = createMiddleware<AppEnv>(async (c, next) => {
  const startedAt = Date.now();
  await next();
  const failure = c.get('failure');
  c.env.log({
    event: failure === undefined ? 'request' : 'failure',
    method: c.req.method,
    route: c.req.routePath,
    status: c.res.status,
    ...(failure !== undefined && { code: failure }),
    ms: Date.now() - startedAt,
  });
});

/** A page that needs another policy for its content has set it by itself. */
export const securityHeaders = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  // The headers of a response that switches protocols cannot be changed, nor are they read.
  if (c.res.status === 101) return;
  const headers = new Headers(SECURITY_HEADERS);
  for (const [name, value] of c.res.headers) headers.set(name, value);
  c.res = new Response(c.res.body, { status: c.res.status, headers });
});

/** A web page has no business here, even with credentials: it is refused, not just left unread. */
export const extensionOrigins = createMiddleware<AppEnv>(async (c, next) => {
  const origin = c.req.header('origin');
  if (origin === undefined) return next();
  if (!c.env.isOriginAllowed(origin)) return errorResponse({ code: 'origin-refused' });
  if (c.req.method === 'OPTIONS') {
    return new Response(null, {
      status: 204,
      headers: {
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE',
        'Access-Control-Allow-Headers': `Authorization, Content-Type, ${CLIENT_HEADER}`,
        'Access-Control-Max-Age': PREFLIGHT_SECONDS,
        Vary: 'Origin',
      },
    });
  }
  await next();
  if (c.res.status === 101) return;
  c.header('Access-Control-Allow-Origin', origin);
  c.header('Vary', 'Origin');
});

export const limited = (scope: Scope) =>
  createMiddleware<AppEnv>(async (c, next) =>
    (await c.env.isAllowed(scope, callerOf(c)))
      ? next()
      : errorResponse({ code: 'too-many-requests' }),
  );
