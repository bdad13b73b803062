import { HeavyliftError, InvalidInputError, NotFoundError } from '@heavylift/core'
import type { ImapFlow } from 'imapflow'
import type { Login } from '../credentials/authorization.ts'
import { readMessage } from './read-message.ts'
import type { Message } from './read-message.ts'

export interface MailServer {
  /** Of the name; what is connected to is `address`, which was checked. */
  host: string
  address: string
  port: number
  /** TLS from the first byte; otherwise `STARTTLS` where `tls` is asked for. */
  secure: boolean
  tls: boolean
}

export interface MailQuery {
  folder: string
  from?: string
  to?: string
  subject?: string
  text?: string
  since?: string
  before?: string
  unseen?: boolean
  limit: number
}

export interface FoundMessage {
  uid: number
  folder: string
  from: string[]
  to: string[]
  subject: string
  date: string | null
  isSeen: boolean
  bytes: number
}

/**
 * A mailbox by IMAP (RFC 9051), opened so that nothing in it changes: what is read is not marked as read. Every method connects anew and rejects with
 * HeavyliftError `mailbox-unreachable` or `mailbox-refused`, or InvalidInputError `folder-unknown`.
 */
export class Mailbox {
  readonly #server: MailServer
  readonly #login: Login
  readonly #timeoutMs: number

  constructor(server: MailServer, login: Login, timeoutMs: number) {
    this.#server = server
    this.#login = login
    this.#timeoutMs = timeoutMs
  }

  async folders(signal: AbortSignal): Promise<string[]> {
    return await this.#connected(signal, async (client) => (await client.list()).map(({ path }) => path))
  }

  /** The newest first. */
  async search(query: MailQuery, signal: AbortSignal): Promise<{ messages: FoundMessage[]; isCut: boolean }> {
    const { folder, limit, unseen, ...sought } = query
    return await this.#opened(folder, signal, async (client) => {
      const found = await client.search(
        { all: true, ...sought, ...(unseen === undefined ? {} : { seen: !unseen }) },
        { uid: true },
      )
      const uids = (Array.isArray(found) ? found : []).toSorted((a, b) => b - a)
      const wanted = uids.slice(0, limit)
      if (wanted.length === 0) return { messages: [], isCut: false }
      const messages = await client.fetchAll(
        wanted.join(','),
        { uid: true, envelope: true, flags: true, size: true, internalDate: true },
        { uid: true },
      )
      return {
        messages: messages
          .map(({ uid, envelope, flags, size, internalDate }) => ({
            uid,
            folder,
            from: (envelope?.from ?? []).flatMap(({ address }) => address ?? []),
            to: (envelope?.to ?? []).flatMap(({ address }) => address ?? []),
            subject: envelope?.subject ?? '',
            date: isoOf(envelope?.date ?? internalDate),
            isSeen: flags?.has('\\Seen') ?? false,
            bytes: size ?? 0,
          }))
          .toSorted((a, b) => b.uid - a.uid),
        isCut: uids.length > wanted.length,
      }
    })
  }

  /** @throws NotFoundError `message-unknown`; InvalidInputError `answer-too-long` */
  async read(
    folder: string,
    uid: number,
    mostBytes: number,
    signal: AbortSignal,
  ): Promise<Message & { uid: number; folder: string }> {
    return await this.#opened(folder, signal, async (client) => {
      const about = await client.fetchOne(String(uid), { size: true }, { uid: true })
      if (about === false)
        throw new NotFoundError({
          code: 'message-unknown',
          message: `There is no message ${uid} in ${folder}.`,
        })
      if ((about.size ?? 0) > mostBytes)
        throw new InvalidInputError({
          code: 'answer-too-long',
          message: `The message has ${about.size} bytes, and ${mostBytes} are read at most.`,
        })
      const message = await client.fetchOne(String(uid), { source: true }, { uid: true })
      if (message === false || message.source === undefined)
        throw new NotFoundError({
          code: 'message-unknown',
          message: `There is no message ${uid} in ${folder}.`,
        })
      return { uid, folder, ...(await readMessage(message.source)) }
    })
  }

  /** Puts a copy of what was sent where the mailbox keeps such. */
  async keepSent(raw: Buffer, signal: AbortSignal): Promise<void> {
    await this.#connected(signal, async (client) => {
      const folder = await sentFolder(client)
      if (folder !== null) await client.append(folder, raw, ['\\Seen'])
    })
  }

  /** Whether a message of that id was sent. */
  async hasSent(messageId: string, signal: AbortSignal): Promise<boolean> {
    return await this.#connected(signal, async (client) => {
      const folder = await sentFolder(client)
      if (folder === null) return false
      const lock = await client.getMailboxLock(folder, { readOnly: true })
      try {
        const found = await client.search({ header: { 'message-id': messageId } }, { uid: true })
        return Array.isArray(found) && found.length > 0
      } finally {
        lock.release()
      }
    })
  }

  async #opened<T>(folder: string, signal: AbortSignal, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    return await this.#connected(signal, async (client) => {
      const lock = await client.getMailboxLock(folder, { readOnly: true }).catch((cause: unknown) => {
        throw isRefusal(cause)
          ? new InvalidInputError({
              code: 'folder-unknown',
              message: `The mailbox has no folder "${folder}".`,
              cause,
            })
          : cause
      })
      try {
        return await work(client)
      } finally {
        lock.release()
      }
    })
  }

  async #connected<T>(signal: AbortSignal, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const { ImapFlow: Client } = await import('imapflow')
    const { host, address, port, secure, tls } = this.#server
    const { user, password, accessToken } = this.#login
    const client = new Client({
      host: address,
      port,
      secure,
      doSTARTTLS: !secure && tls,
      auth: { user, ...(accessToken === undefined ? { pass: password } : { accessToken }) },
      tls: { servername: host, rejectUnauthorized: true },
      logger: false,
      disableAutoIdle: true,
      connectionTimeout: Math.min(this.#timeoutMs, 15_000),
      greetingTimeout: 10_000,
      socketTimeout: this.#timeoutMs,
    })
    client.on('error', () => undefined)
    const stop = (): void => client.close()
    const ended = AbortSignal.any([signal, AbortSignal.timeout(this.#timeoutMs)])
    ended.addEventListener('abort', stop)
    try {
      ended.throwIfAborted()
      await client.connect()
      return await work(client)
    } catch (error) {
      throw explain(error)
    } finally {
      ended.removeEventListener('abort', stop)
      client.close()
    }
  }
}

async function sentFolder(client: ImapFlow): Promise<string | null> {
  const folders = await client.list()
  return (
    (folders.find(({ specialUse }) => specialUse === '\\Sent') ?? folders.find(({ path }) => path === 'Sent'))
      ?.path ?? null
  )
}

function isoOf(date: Date | string | undefined): string | null {
  const found = date === undefined ? null : new Date(date)
  return found === null || Number.isNaN(found.getTime()) ? null : found.toISOString()
}

function isRefusal(error: unknown): boolean {
  const { responseStatus } = error as { responseStatus?: string }
  return responseStatus === 'NO' || responseStatus === 'BAD'
}

function explain(error: unknown): unknown {
  if (HeavyliftError.isInstance(error)) return error
  const { authenticationFailed, message, responseText } = error as {
    authenticationFailed?: boolean
    message: string
    responseText?: string
  }
  if (authenticationFailed === true)
    return new HeavyliftError({
      code: 'mailbox-refused',
      status: 502,
      message: 'The mailbox refuses the login. Look at the credential of this source.',
      cause: error,
    })
  if (isRefusal(error))
    return new InvalidInputError({
      code: 'mailbox-refused',
      message: `The mailbox refuses: ${responseText ?? message}.`,
      cause: error,
    })
  return new HeavyliftError({
    code: 'mailbox-unreachable',
    status: 502,
    isRetryable: true,
    message: `The mailbox does not answer (${message}).`,
    cause: error,
  })
}
