import { InvalidInputError } from '@heavylift/core'
import { simpleParser } from 'mailparser'
import type { AddressObject } from 'mailparser'
import { pageOf } from '../crawl/read-page.ts'

export interface Message {
  messageId: string | null
  inReplyTo: string | null
  from: string[]
  to: string[]
  cc: string[]
  subject: string
  /** ISO 8601; null where the message has no date that can be read. */
  date: string | null
  text: string
  attachments: { name: string | null; type: string; bytes: number }[]
  /** Servers' words on who sent it (Authentication-Results), as they stand: anyone may write them. */
  authentication: string | null
}

const mostText = 200_000
const mostAttachments = 100

/** An email (RFC 5322, MIME) as values. HTML becomes text; nothing of it is run or fetched. A text that is no email has no senders.
 * @throws InvalidInputError `message-unreadable` for one of more parts or headers than are looked at */
export async function readMessage(raw: string | Uint8Array): Promise<Message> {
  const mail = await simpleParser(Buffer.from(raw as Uint8Array), {
    skipImageLinks: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
  }).catch((cause: unknown) => {
    throw new InvalidInputError({
      code: 'message-unreadable',
      message: `The message cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      cause,
    })
  })
  const plain = mail.text ?? ''
  const text =
    plain.trim() === '' && typeof mail.html === 'string' ? pageOf('about:blank', mail.html).text : plain
  const authentication = mail.headers.get('authentication-results')
  return {
    messageId: mail.messageId ?? null,
    inReplyTo: mail.inReplyTo ?? null,
    from: addresses(mail.from),
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    subject: mail.subject ?? '',
    date: mail.date === undefined || Number.isNaN(mail.date.getTime()) ? null : mail.date.toISOString(),
    text: text.slice(0, mostText),
    attachments: mail.attachments.slice(0, mostAttachments).map(({ filename, contentType, size }) => ({
      name: filename ?? null,
      type: contentType,
      bytes: size,
    })),
    authentication: typeof authentication === 'string' ? authentication : null,
  }
}

function addresses(found: AddressObject | AddressObject[] | undefined): string[] {
  return [found ?? []]
    .flat()
    .flatMap(({ value }) =>
      value.flatMap((each) =>
        (each.group ?? [each]).flatMap(({ address }) =>
          address === undefined || address === '' ? [] : [address],
        ),
      ),
    )
}
