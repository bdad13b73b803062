import { simpleParser } from 'mailparser'
import type { Observation } from '../domain/evidence.ts'
import { observeText } from './read-text.ts'
import { pageText } from './read-page.ts'

/** What an email says (RFC 5322, with MIME): subject and body; quoted earlier mails and signatures count as what they are, text. */
export async function observeMail(document: string, raw: string | Uint8Array): Promise<Observation> {
  const mail = await simpleParser(Buffer.from(raw), {
    skipImageLinks: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
  })
  const html = typeof mail.html === 'string' ? pageText(mail.html) : ''
  const body = mail.text === undefined || mail.text.trim() === '' ? html : mail.text
  const written = body
    .split('\n')
    .map((line) => line.replace(/^(?:>\s?)+/, ''))
    .join('\n')
  const text = mail.subject === undefined ? written : `${mail.subject}\n\n${written}`
  return observeText({ document, source: 'email', dateMs: mail.date?.getTime() ?? null }, text)
}
