import { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'
import type { Login } from '../credentials/authorization.ts'
import type { ToolOutcome } from '../tools/tool.ts'
import type { MailServer } from './mailbox.ts'

export interface NewMessage {
  messageId: string
  from: string
  to: readonly string[]
  cc: readonly string[]
  subject: string
  text: string
  inReplyTo?: string
}

/** The message as it goes over the wire (RFC 5322). */
export async function composeMessage(message: NewMessage): Promise<Buffer> {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const sent = await composer.sendMail({ ...fieldsOf(message) })
  return sent.message as Buffer
}

/**
 * Sends a message by SMTP. Refused before its text was taken it is `failed`; where the connection broke later it may have gone out and is `lost`. Nothing is read from files or
 * addresses, whatever the message says.
 */
export async function sendMessage(
  { host, address, port, secure, tls }: MailServer,
  login: Login | null,
  message: NewMessage,
  raw: Buffer,
  timeoutMs: number,
): Promise<ToolOutcome> {
  const transport = createTransport({
    host: address,
    port,
    secure,
    requireTLS: !secure && tls,
    ignoreTLS: !secure && !tls,
    tls: { servername: host, rejectUnauthorized: true },
    ...(login === null || login.user === ''
      ? {}
      : {
          auth:
            login.accessToken === undefined
              ? { user: login.user, pass: login.password }
              : { type: 'OAuth2' as const, user: login.user, accessToken: login.accessToken },
        }),
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: Math.min(timeoutMs, 15_000),
    greetingTimeout: 10_000,
    socketTimeout: timeoutMs,
  })
  // The library reads the text once the server asks for it (DATA): before that nothing can have gone out.
  let isAsked = false
  const text = new Readable({
    highWaterMark: 0,
    read() {
      isAsked = true
      this.push(raw)
      this.push(null)
    },
  })
  try {
    const { accepted, rejected, response } = await transport.sendMail({
      envelope: { from: message.from, to: [...message.to, ...message.cc] },
      raw: text,
    })
    return {
      state: 'done',
      value: {
        messageId: message.messageId,
        accepted: accepted.map(String),
        rejected: rejected.map(String),
        response: String(response),
      },
    }
  } catch (error) {
    const {
      code = '',
      responseCode,
      message: why,
    } = error as { code?: string; responseCode?: number; message: string }
    const said = `The mail server did not take the message: ${why}`
    if (responseCode !== undefined)
      return { state: 'failed', code: 'mail-refused', message: said, isRetryable: responseCode < 500 }
    if (!isAsked || beforeText.has(code))
      return {
        state: 'failed',
        code: 'mail-unsent',
        message: said,
        isRetryable: code !== 'EAUTH' && code !== 'EENVELOPE',
      }
    return {
      state: 'lost',
      code: 'mail-uncertain',
      message: `The connection broke while the message was sent: ${why}`,
    }
  } finally {
    transport.close()
  }
}

/** Refusals that come before the text; a connection that ends (`ECONNECTION`) may end at any moment. */
const beforeText = new Set(['EDNS', 'EAUTH', 'EENVELOPE', 'ETLS', 'ENOAUTH', 'EOAUTH2'])

function fieldsOf({ messageId, from, to, cc, subject, text, inReplyTo }: NewMessage) {
  return {
    messageId,
    from,
    to: [...to],
    cc: [...cc],
    // A line end in a subject would begin another header; the library folds it, and none belongs there.
    subject: subject.replaceAll(/[\r\n]+/g, ' '),
    text,
    ...(inReplyTo === undefined ? {} : { inReplyTo, references: inReplyTo }),
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
