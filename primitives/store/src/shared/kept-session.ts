import type { Logger } from '@heavylift/core'
import pg from 'pg'

/** How soon a lost session is opened anew. */
const reopenMs = 500

export interface OpenSession {
  /** One statement after the other, in the order they came. */
  query<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<pg.QueryResult<Row>>
  /** Aborts when the session is gone, and with it all that it held. */
  lost: AbortSignal
}

/**
 * One database session that is opened when it is first asked for, and anew whenever it breaks. It is what this process holds its leases with: the
 * server gives them back the moment that the process dies, whatever killed it.
 */
export class KeptSession {
  readonly #url: string
  readonly #log: Logger
  readonly #onOpen: (client: pg.Client) => Promise<void>
  #session: OpenSession | null = null
  #client: pg.Client | null = null
  #opening: Promise<void> | null = null
  #retry: NodeJS.Timeout | undefined
  #isClosed = false

  /** `onOpen` runs on every new session before anybody gets it. */
  constructor(url: string, log: Logger, onOpen: (client: pg.Client) => Promise<void>) {
    this.#url = url
    this.#log = log
    this.#onOpen = onOpen
  }

  /** The session, or null while the database is away. Never rejects. */
  async get(): Promise<OpenSession | null> {
    if (this.#session === null && !this.#isClosed) {
      this.#opening ??= this.#open()
        .catch((error: unknown) =>
          this.#log.debug({ error: String(error) }, 'no database session for leases'),
        )
        .finally(() => (this.#opening = null))
      await this.#opening
    }
    return this.#session
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#retry)
    await this.#opening
    await this.#client?.end().catch(() => undefined)
  }

  async #open(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'heavylift-shared',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    })
    const lost = new AbortController()
    client.on('error', () => undefined)
    client.once('end', () => {
      lost.abort()
      if (this.#client === client) this.#session = this.#client = null
      if (!this.#isClosed) this.#reopenLater()
    })
    try {
      await client.connect()
      await this.#onOpen(client)
    } catch (error) {
      await client.end().catch(() => undefined)
      throw error
    }
    let last: Promise<unknown> = Promise.resolve()
    this.#client = client
    this.#session = {
      lost: lost.signal,
      query<Row extends pg.QueryResultRow>(text: string, values: unknown[]) {
        const result = last.then(() => client.query<Row>(text, values))
        last = result.catch(() => undefined)
        return result
      },
    }
  }

  /** Those who wait for signals ask for nothing. */
  #reopenLater(): void {
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => {
      void this.get().then((session) => {
        if (session === null && !this.#isClosed) this.#reopenLater()
      })
    }, reopenMs)
    this.#retry.unref()
  }
}
