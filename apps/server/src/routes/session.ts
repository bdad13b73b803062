import { InvalidInputError, RawResponse, route } from '@heavylift/core'
import { z } from 'zod'
import { sessionCookie } from '../access/sessions.ts'
import type { ServerContext } from './server-context.ts'

/** Signing browsers in and out. */
export function sessionRoutes({ sessions, port }: Pick<ServerContext, 'sessions' | 'port'>) {
  const setCookie = (session: string, headers: Headers) =>
    // A proxy that ends TLS says so; without one a cookie that is "Secure" would never come back over plain HTTP.
    new RawResponse('', {
      'set-cookie': sessionCookie(port(), session, headers.get('x-forwarded-proto') === 'https'),
      'cache-control': 'no-store',
    })
  return [
    route({
      method: 'post',
      path: '/session/tickets',
      summary:
        'Makes a ticket for one sign-in to the console within an hour, as an administrator of the main tenant.',
      access: 'admin',
      reach: 'installation',
      response: z.object({ ticket: z.string() }),
      handle() {
        return { ticket: sessions.issueTicket() }
      },
    }),
    route({
      method: 'post',
      path: '/session',
      summary: 'Changes a ticket for a session, which the answer sets as a cookie.',
      access: 'public',
      body: z.object({ ticket: z.string().max(200) }),
      media: ['text/plain'],
      handle({ body, headers }) {
        const session = sessions.redeem(body.ticket)
        if (session !== null) return setCookie(session, headers)
        throw new InvalidInputError({
          code: 'ticket-invalid',
          message:
            'This sign-in link was used already, or is too old. `npx heavylift sign-in` on the machine of the server prints a new one.',
        })
      },
    }),
    route({
      method: 'delete',
      path: '/session',
      summary: 'Signs this browser out.',
      access: 'public',
      media: ['text/plain'],
      handle: ({ headers }) => setCookie('', headers),
    }),
  ]
}
