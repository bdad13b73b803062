import { createHash } from 'node:crypto'
import { type Clock, InvalidInputError } from '@heavylift/core'
import type { Kysely } from 'kysely'
import type { CredentialTables } from './credential-tables.ts'
import type { Sealer } from './seal.ts'

/** Connections by OAuth 2 that somebody has begun, and nobody else may end. What is secret of one is sealed. */
export class PendingConnections {
  readonly #clock: Clock
  readonly #database: Kysely<CredentialTables>
  readonly #sealer: Sealer

  constructor(options: { clock: Clock; database: Kysely<CredentialTables>; sealer: Sealer }) {
    this.#clock = options.clock
    this.#database = options.database
    this.#sealer = options.sealer
  }

  /** Keeps what is held back for a connection under its state, for so long. */
  async put(
    tenantId: string,
    credential: string,
    by: string,
    state: string,
    held: Record<string, string>,
    ms: number,
  ): Promise<void> {
    const hash = hashOf(state)
    await this.#database
      .insertInto('credential_pending')
      .values({
        state_hash: hash,
        tenant_id: tenantId,
        credential,
        begun_by: by,
        sealed: await this.#sealer.seal(JSON.stringify(held), ['pending', tenantId, hash]),
        expires_ms: this.#clock.nowMs() + ms,
      })
      .execute()
  }

  /** What was held back; with `isLast` it is gone then. @throws InvalidInputError `oauth-state-unknown` */
  async take(
    tenantId: string,
    by: string,
    state: string,
    isLast: boolean,
  ): Promise<{ name: string; held: Record<string, string> }> {
    const hash = hashOf(state)
    const row = await this.#database
      .selectFrom('credential_pending')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('state_hash', '=', hash)
      .where('begun_by', '=', by)
      .where('expires_ms', '>', this.#clock.nowMs())
      .executeTakeFirst()
    const isTaken =
      row !== undefined &&
      (!isLast ||
        // Of two that come at once, one has it.
        (
          await this.#database
            .deleteFrom('credential_pending')
            .where('state_hash', '=', hash)
            .executeTakeFirst()
        ).numDeletedRows > 0n)
    if (isTaken)
      return {
        name: row.credential,
        held: JSON.parse(await this.#sealer.open(row.sealed, ['pending', tenantId, hash])) as Record<
          string,
          string
        >,
      }
    throw new InvalidInputError({
      code: 'oauth-state-unknown',
      message:
        'This connection was not begun here by you, was finished already, or took too long. Connect the credential again.',
    })
  }

  async forget(): Promise<void> {
    await this.#database
      .deleteFrom('credential_pending')
      .where('expires_ms', '<', this.#clock.nowMs())
      .execute()
  }
}

const hashOf = (state: string): string => createHash('sha256').update(state).digest('hex')
