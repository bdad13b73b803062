import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Store } from '@heavylift/store'
import type { FaceCaller } from '../call.ts'
import { installationSecret } from '../installation-secret.ts'

const keptMs = 7 * 86_400_000

/**
 * Sessions of MCP (2025-11-25 and before) without a place where they are kept: an id is signed for who may use it, and any process knows its own.
 * With it the ids of requests tell calls apart, so that one which is sent again is the same run, and another request can cancel it.
 */
export class McpSessions {
  readonly #store: Store
  #secret: Promise<string> | null = null

  constructor(store: Store) {
    this.#store = store
  }

  async issue(caller: FaceCaller, nowMs: number): Promise<string> {
    const body = `${nowMs.toString(36)}-${randomBytes(12).toString('hex')}`
    return `${body}.${await this.#sign(caller, body)}`
  }

  /** False for an id that was never issued, is somebody else's, or is older than a week. */
  async isKnown(caller: FaceCaller, id: string, nowMs: number): Promise<boolean> {
    const [body = '', mac = ''] = id.split('.', 2)
    const expected = Buffer.from(await this.#sign(caller, body))
    const given = Buffer.from(mac)
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return false
    return nowMs - Number.parseInt(body, 36) < keptMs
  }

  async #sign({ tenantId, keyId }: FaceCaller, body: string): Promise<string> {
    this.#secret ??= installationSecret(this.#store, 'mcp-session', () => randomBytes(32).toString('base64'))
    return createHmac('sha256', await this.#secret)
      .update(JSON.stringify([tenantId, keyId, body]))
      .digest('base64url')
  }
}
