import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock, Ids, KeyLimits, Scope } from '@heavylift/core'
import { unauthorized } from '../http/http-errors.ts'
import type { ApiKeyKind, ApiKeyRecord, ApiKeyStore, StoredApiKey } from './api-keys.ts'

export interface NewApiKey {
  tenantId: string
  name: string
  kind: ApiKeyKind
  scope: Scope
  allowedOrigins: string[]
  expiresAtMs?: number | null
  limits?: KeyLimits | null
}

interface Remembered {
  key: StoredApiKey | null
  untilMs: number
}

const cacheMs = 5_000
const touchEveryMs = 60_000
const maxRemembered = 10_000
const form = /^(hl_[sp]k_[0-9a-f]{12})_[A-Za-z0-9_-]{43}$/

/**
 * Makes and checks API keys. Checked keys are remembered for five seconds, so another process sees a revocation
 * within that time; this one sees it at once.
 */
export class KeyRing {
  readonly #store: ApiKeyStore
  readonly #clock: Clock
  readonly #ids: Ids
  /** By prefix. */
  readonly #remembered = new Map<string, Remembered>()
  readonly #touchedMs = new Map<string, number>()

  constructor(store: ApiKeyStore, clock: Clock, ids: Ids) {
    this.#store = store
    this.#clock = clock
    this.#ids = ids
  }

  /** Stores the hash and returns the key itself, which nobody can read again. */
  async create(spec: NewApiKey): Promise<{ key: string; record: ApiKeyRecord }> {
    const prefix = `hl_${spec.kind === 'secret' ? 'sk' : 'pk'}_${randomBytes(6).toString('hex')}`
    const key = `${prefix}_${randomBytes(32).toString('base64url')}`
    const record: ApiKeyRecord = {
      expiresAtMs: null,
      limits: null,
      ...spec,
      id: this.#ids.next('key'),
      prefix,
      createdAtMs: this.#clock.nowMs(),
      lastUsedAtMs: null,
      revokedAtMs: null,
    }
    await this.#store.insert({ ...record, hash: hashOf(key) })
    this.#remembered.delete(prefix)
    return { key, record }
  }

  list(tenantId: string): Promise<ApiKeyRecord[]> {
    return this.#store.list(tenantId)
  }

  async revoke(tenantId: string, id: string): Promise<ApiKeyRecord | null> {
    const record = await this.#store.revoke(tenantId, id, this.#clock.nowMs())
    if (record) this.#remembered.delete(record.prefix)
    return record
  }

  /** The active key's record; null for anything else, without saying why. Throws 401 `key-expired` to who has the whole key. */
  async verify(presented: string): Promise<ApiKeyRecord | null> {
    const prefix = form.exec(presented)?.[1]
    if (prefix === undefined) return null
    const stored = await this.#lookUp(prefix)
    if (!stored) return null
    const same = timingSafeEqual(Buffer.from(stored.hash, 'hex'), Buffer.from(hashOf(presented), 'hex'))
    if (!same || stored.revokedAtMs !== null) return null
    if (stored.expiresAtMs !== null && stored.expiresAtMs <= this.#clock.nowMs()) {
      throw unauthorized(
        'key-expired',
        `This API key worked until ${new Date(stored.expiresAtMs).toISOString()}. Ask an administrator for a new one.`,
      )
    }
    await this.#touch(stored.id)
    const { hash: _hash, ...record } = stored
    return record
  }

  async #lookUp(prefix: string): Promise<StoredApiKey | null> {
    const now = this.#clock.monotonicMs()
    const remembered = this.#remembered.get(prefix)
    if (remembered && remembered.untilMs > now) return remembered.key
    const key = await this.#store.byPrefix(prefix)
    if (this.#remembered.size >= maxRemembered) this.#remembered.clear()
    this.#remembered.set(prefix, { key, untilMs: now + cacheMs })
    return key
  }

  async #touch(id: string): Promise<void> {
    const now = this.#clock.nowMs()
    if (now - (this.#touchedMs.get(id) ?? Number.NEGATIVE_INFINITY) < touchEveryMs) return
    this.#touchedMs.set(id, now)
    await this.#store.touch(id, now)
  }
}

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex')
