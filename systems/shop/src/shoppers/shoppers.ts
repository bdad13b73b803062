import { randomBytes } from 'node:crypto'
import { HeavyliftError, type Caller, type Clock, type Ids } from '@heavylift/core'
import type { Kysely } from 'kysely'
import type { CommerceTables } from '../domain/commerce-tables.ts'
import { isIdentityProof, readShopperToken, signShopperToken } from './shopper-token.ts'

export const shopperHeader = 'x-heavylift-shopper'

interface Secrets {
  token: string
  identity: string
}

/** Who the shoppers are: anonymous ones by a token alone, customers by the id that the store knows them by. */
export class Shoppers {
  readonly #db: Kysely<CommerceTables>
  readonly #clock: Clock
  readonly #ids: Ids
  readonly #secrets = new Map<string, Promise<Secrets>>()

  constructor(deps: { db: Kysely<CommerceTables>; clock: Clock; ids: Ids }) {
    this.#db = deps.db
    this.#clock = deps.clock
    this.#ids = deps.ids
  }

  /**
   * Issues a token. With `externalId` (the store's id of a signed-in customer) the same customer is the same shopper on
   * every device; a storefront key then needs the store's `proof`, a stronger key does not.
   *
   * @throws HeavyliftError `identity-not-proven` (403)
   */
  async issue(
    caller: Caller,
    identity: { externalId: string; proof: string | null } | null,
  ): Promise<{ token: string; shopperId: string }> {
    const secrets = await this.#secretsOf(caller.tenantId)
    if (identity !== null && caller.scope === 'storefront') {
      if (
        identity.proof === null ||
        !isIdentityProof(identity.externalId, identity.proof, secrets.identity)
      ) {
        throw new HeavyliftError({
          code: 'identity-not-proven',
          status: 403,
          message:
            'A storefront key signs a customer in only with `proof`: HMAC-SHA-256 of externalId with the identity secret, base64url, made on the store’s own server.',
        })
      }
    }
    const shopperId = await this.#ensure(caller.tenantId, identity?.externalId ?? null)
    return { shopperId, token: signShopperToken(shopperId, secrets.token) }
  }

  /**
   * The shopper that a request's header names; null without a header.
   *
   * @throws HeavyliftError `shopper-token-invalid` (401) when the token is not this tenant's
   */
  async fromHeaders(caller: Caller, headers: Headers): Promise<string | null> {
    const token = headers.get(shopperHeader)
    if (token === null || token === '') return null
    const { token: secret } = await this.#secretsOf(caller.tenantId)
    const shopperId = readShopperToken(token, secret)
    if (shopperId === null) {
      throw new HeavyliftError({
        code: 'shopper-token-invalid',
        status: 401,
        message: `The ${shopperHeader} token was not issued by this store; get one by POST /api/shop/shoppers.`,
      })
    }
    return shopperId
  }

  /** Like `fromHeaders`, for routes that make no sense without a shopper. */
  async require(caller: Caller, headers: Headers): Promise<string> {
    const shopperId = await this.fromHeaders(caller, headers)
    if (shopperId === null) {
      throw new HeavyliftError({
        code: 'shopper-token-missing',
        status: 401,
        message: `Send the shopper’s token in ${shopperHeader}; get one by POST /api/shop/shoppers.`,
      })
    }
    return shopperId
  }

  /** Whether the tenant has such a shopper. */
  async exists(tenantId: string, shopperId: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('shopper')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', shopperId)
      .select('id')
      .executeTakeFirst()
    return row !== undefined
  }

  /** The secret that the store's server makes proofs with. For operators only. */
  async identitySecret(tenantId: string): Promise<string> {
    return (await this.#secretsOf(tenantId)).identity
  }

  async #ensure(tenantId: string, externalId: string | null): Promise<string> {
    const id = this.#ids.next('shopper')
    await this.#db
      .insertInto('shopper')
      .values({ tenant_id: tenantId, id, external_id: externalId, created_at: new Date(this.#clock.nowMs()) })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'external_id']).doNothing())
      .execute()
    if (externalId === null) return id
    const row = await this.#db
      .selectFrom('shopper')
      .where('tenant_id', '=', tenantId)
      .where('external_id', '=', externalId)
      .select('id')
      .executeTakeFirstOrThrow()
    return row.id
  }

  #secretsOf(tenantId: string): Promise<Secrets> {
    let secrets = this.#secrets.get(tenantId)
    if (secrets === undefined) {
      secrets = this.#loadSecrets(tenantId)
      secrets.catch(() => this.#secrets.delete(tenantId))
      this.#secrets.set(tenantId, secrets)
    }
    return secrets
  }

  async #loadSecrets(tenantId: string): Promise<Secrets> {
    await this.#db
      .insertInto('signing_key')
      .values({
        tenant_id: tenantId,
        token_secret: randomBytes(32).toString('base64url'),
        identity_secret: randomBytes(32).toString('base64url'),
      })
      .onConflict((conflict) => conflict.column('tenant_id').doNothing())
      .execute()
    const row = await this.#db
      .selectFrom('signing_key')
      .where('tenant_id', '=', tenantId)
      .selectAll()
      .executeTakeFirstOrThrow()
    return { token: row.token_secret, identity: row.identity_secret }
  }
}
