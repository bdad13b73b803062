import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { lockAlone } from '@heavylift/core/runtime/file-lock'
import { replaceFile } from '@heavylift/core/runtime/replace-file'
import { z } from 'zod'
import { mainTenantId } from './api-keys.ts'
import type { ApiKeyRecord, ApiKeyStore, StoredApiKey, Tenant, TenantStore } from './api-keys.ts'

/** What the file holds. Keys are hashes, as everywhere. */
interface Content {
  tenants: Tenant[]
  keys: StoredApiKey[]
}

/** The parts that everything rests on; the rest of a key is as it was written. */
const contentSchema = z.looseObject({
  tenants: z.array(z.object({ id: z.string(), name: z.string(), createdAtMs: z.number() })),
  keys: z.array(
    z.looseObject({
      id: z.string(),
      tenantId: z.string(),
      prefix: z.string(),
      hash: z.string(),
      scope: z.string(),
    }),
  ),
})

const lockTries = 100
const lockPauseMs = 20
const touchesEveryMs = 60_000

/**
 * Keys and tenants in one file (0600), for an installation without a database. Each change replaces the whole file under a lock,
 * so that the server and a command line may both make keys; a change of another process is seen at the next look. When a key was
 * last used is written with the next change, or within a minute.
 */
export class FileAccess {
  readonly #path: string
  #content: Content = { tenants: [], keys: [] }
  /** Of the file that `#content` is of; null before the first look. */
  #seen: string | null = null
  readonly #touches = new Map<string, number>()
  readonly #timer: NodeJS.Timeout

  constructor(path: string) {
    this.#path = path
    this.#timer = setInterval(() => void this.#writeTouches(), touchesEveryMs).unref()
  }

  readonly keys: ApiKeyStore = {
    insert: (key) => this.#change((content) => void content.keys.push(key)),
    byPrefix: async (prefix) => this.#look().keys.find((key) => key.prefix === prefix) ?? null,
    list: async (tenantId) =>
      this.#look()
        .keys.filter((key) => key.tenantId === tenantId)
        .map((key) => withoutHash({ ...key, lastUsedAtMs: this.#touches.get(key.id) ?? key.lastUsedAtMs }))
        .toSorted((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1)),
    revoke: (tenantId, id, atMs) =>
      this.#change(({ keys }) => {
        const key = keys.find((candidate) => candidate.tenantId === tenantId && candidate.id === id)
        if (!key) return null
        key.revokedAtMs ??= atMs
        return withoutHash(key)
      }),
    touch: async (id, atMs) => void this.#touches.set(id, atMs),
    anyActive: async () => this.#look().keys.some((key) => key.revokedAtMs === null),
    originAllowed: async (origin) =>
      this.#look().keys.some(
        (key) =>
          key.kind === 'publishable' && key.revokedAtMs === null && key.allowedOrigins.includes(origin),
      ),
  }

  readonly tenants: TenantStore = {
    list: async () => this.#look().tenants.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    find: async (id) => this.#look().tenants.find((tenant) => tenant.id === id) ?? null,
    insert: (tenant) =>
      this.#change(({ tenants }) => {
        if (tenants.some(({ id }) => id === tenant.id)) return false
        tenants.push(tenant)
        return true
      }),
  }

  /** Writes what is in memory only. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#writeTouches()
  }

  /** The file as it is now; read again only when it is another one. */
  #look(): Content {
    const stat = statSync(this.#path, { throwIfNoEntry: false })
    const seen = stat === undefined ? '' : `${stat.ino} ${stat.mtimeMs} ${stat.size}`
    if (seen !== this.#seen) {
      this.#content = readAccessFile(this.#path) ?? {
        tenants: [{ id: mainTenantId, name: 'Main', createdAtMs: Date.now() }],
        keys: [],
      }
      this.#seen = seen
    }
    return this.#content
  }

  async #change<T>(edit: (content: Content) => T): Promise<T> {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 })
    const release = await this.#lock()
    try {
      const content = structuredClone(this.#look())
      const result = edit(content)
      for (const key of content.keys) key.lastUsedAtMs = this.#touches.get(key.id) ?? key.lastUsedAtMs
      this.#touches.clear()
      await replaceFile(this.#path, `${JSON.stringify(content, null, 1)}\n`)
      return result
    } finally {
      release()
    }
  }

  async #lock(): Promise<() => void> {
    for (let attempt = 0; attempt < lockTries; attempt++) {
      const release = lockAlone(`${this.#path}.lock`)
      if (release !== null) return release
      await sleep(lockPauseMs)
    }
    throw new HeavyliftError({
      code: 'access-file-busy',
      status: 503,
      isRetryable: true,
      message: `Another process has been writing ${this.#path} for two seconds. Try again.`,
    })
  }

  async #writeTouches(): Promise<void> {
    if (this.#touches.size === 0) return
    // They are a hint for people: those that cannot be written now are written later, or never.
    await this.#change(() => undefined).catch(() => undefined)
  }
}

/** What such a file holds; null where there is none. @throws HeavyliftError `access-file-invalid` */
export function readAccessFile(path: string): Content | null {
  if (!existsSync(path)) return null
  // Somebody may have copied it with looser rights.
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)
  try {
    // What it was checked for is what is relied on.
    return contentSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) as unknown as Content
  } catch (cause) {
    throw new HeavyliftError({
      code: 'access-file-invalid',
      message: `${path}, which holds the keys of this installation, cannot be read. Put it back from a backup, or move it away to begin without keys.`,
      cause,
    })
  }
}

function withoutHash({ hash: _hash, ...record }: StoredApiKey): ApiKeyRecord {
  return record
}
