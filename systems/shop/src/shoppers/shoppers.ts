import { randomBytes } from 'node:crypto'
import { HeavyliftError, type Caller, type Clock, type Ids } from '@heavylift/core'
import type { Kysely } from 'kysely'
import type { CommerceTables } from '../domain/commerce-tables.ts'
import { isIdentityProof, readShopperToken, signShopperToken } from './shopper-token.ts'
import type { ShopperToken } from './shopper-token.ts'

export const shopperHeader = 'x-heavylift-shopper'

/** What is signed: tokens of shoppers, or proofs of who they are. */
export type Signed = 'token' | 'identity'

/** Of each kind the secret that signs, then the one before while it still counts. */
type Secrets = Record<Signed, readonly [string, ...string[]]>

const dayMs = 24 * 60 * 60 * 1000
/** A change in another process counts here after so long. */
const keepSecretsMs = 5_000

/** Who the shoppers are: anonymous ones by a token alone, customers by the id that the store knows them by. */
export class Shoppers {
  readonly #db: Kysely<CommerceTables>
  readonly #clock: Clock
  readonly #ids: Ids
  readonly #tokenMs: number
  readonly #secrets = new Map<string, { secrets: Promise<Secrets>; untilMs: number }>()

  constructor(deps: { db: Kysely<CommerceTables>; clock: Clock; ids: Ids; tokenDays?: number }) {
    this.#db = deps.db
    this.#clock = deps.clock
    this.#ids = deps.ids
    this.#tokenMs = (deps.tokenDays ?? 90) * dayMs
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
  ): Promise<{ token: string; shopperId: string; expiresAtMs: number }> {
    const secrets = await this.#secretsOf(caller.tenantId)
    if (identity !== null && caller.scope === 'storefront') {
      const { externalId, proof } = identity
      const isProven =
        proof !== null && isIdentityProof(externalId, proof, secrets.identity, this.#clock.nowMs())
      if (!isProven) {
        throw new HeavyliftError({
          code: 'identity-not-proven',
          status: 403,
          message:
            'A storefront key signs a customer in only with `proof`: the time in milliseconds at which it ends, at most a day ahead, a dot, and the HMAC-SHA-256 of externalId, a line feed and that time with the identity secret, base64url, made on the store’s own server.',
        })
      }
    }
    const shopperId = await this.#ensure(caller.tenantId, identity?.externalId ?? null)
    const issuedAtMs = this.#clock.nowMs()
    const token = { shopperId, issuedAtMs, expiresAtMs: issuedAtMs + this.#tokenMs }
    return { shopperId, expiresAtMs: token.expiresAtMs, token: signShopperToken(token, secrets.token[0]) }
  }

  /**
   * The shopper that a request's header names; null without a header.
   *
   * @throws HeavyliftError `shopper-token-invalid` (401) when the token is not this tenant's
   */
  async fromHeaders(caller: Caller, headers: Headers): Promise<string | null> {
    const token = headers.get(shopperHeader)
    if (token === null || token === '') return null
    const secrets = await this.#secretsOf(caller.tenantId)
    const read = readShopperToken(token, secrets.token, this.#clock.nowMs())
    if (read === null || (await this.#isEnded(caller.tenantId, read))) {
      throw new HeavyliftError({
        code: 'shopper-token-invalid',
        status: 401,
        message: `The ${shopperHeader} token was not issued by this store, or its time is over; get one by POST /api/shop/shoppers.`,
      })
    }
    return read.shopperId
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
    return (await this.#secretsOf(tenantId)).identity[0]
  }

  /**
   * Signs with a new secret from now on. What the one before signed counts for `overlapMs` more; with 0 every token, or every proof, is
   * worth nothing at once here, and within five seconds in other processes.
   */
  async rotate(tenantId: string, signed: Signed, overlapMs: number): Promise<{ previousUntilMs: number }> {
    const secrets = await this.#loadSecrets(tenantId)
    const until = new Date(this.#clock.nowMs() + overlapMs)
    const secret = randomBytes(32).toString('base64url')
    await this.#db
      .updateTable('signing_key')
      .where('tenant_id', '=', tenantId)
      .set(
        signed === 'token'
          ? { token_secret: secret, previous_token_secret: secrets.token[0], previous_token_until: until }
          : {
              identity_secret: secret,
              previous_identity_secret: secrets.identity[0],
              previous_identity_until: until,
            },
      )
      .execute()
    this.#secrets.delete(tenantId)
    return { previousUntilMs: until.getTime() }
  }

  /** Ends every token of one shopper that there is by now; a later sign-in gets a new one. False when there is no such shopper. */
  async endTokens(tenantId: string, shopperId: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('shopper')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', shopperId)
      // A token of this very millisecond is ended too.
      .set({ tokens_from: new Date(this.#clock.nowMs() + 1) })
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  async #isEnded(tenantId: string, { shopperId, issuedAtMs }: ShopperToken): Promise<boolean> {
    const row = await this.#db
      .selectFrom('shopper')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', shopperId)
      .select('tokens_from')
      .executeTakeFirst()
    return row !== undefined && row.tokens_from !== null && issuedAtMs < row.tokens_from.getTime()
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
    const nowMs = this.#clock.nowMs()
    const known = this.#secrets.get(tenantId)
    if (known && known.untilMs > nowMs) return known.secrets
    const secrets = this.#loadSecrets(tenantId)
    secrets.catch(() => this.#secrets.delete(tenantId))
    this.#secrets.set(tenantId, { secrets, untilMs: nowMs + keepSecretsMs })
    return secrets
  }

  async #loadSecrets(tenantId: string): Promise<Secrets> {
    const read = () =>
      this.#db.selectFrom('signing_key').where('tenant_id', '=', tenantId).selectAll().executeTakeFirst()
    let row = await read()
    if (!row) {
      await this.#db
        .insertInto('signing_key')
        .values({
          tenant_id: tenantId,
          token_secret: randomBytes(32).toString('base64url'),
          identity_secret: randomBytes(32).toString('base64url'),
        })
        .onConflict((conflict) => conflict.column('tenant_id').doNothing())
        .execute()
      row = await read()
    }
    if (!row) throw new Error('The signing key that was just made is not there.')
    const nowMs = this.#clock.nowMs()
    const before = (secret: string | null, until: Date | null): string[] =>
      secret !== null && until !== null && until.getTime() > nowMs ? [secret] : []
    return {
      token: [row.token_secret, ...before(row.previous_token_secret, row.previous_token_until)],
      identity: [row.identity_secret, ...before(row.previous_identity_secret, row.previous_identity_until)],
    }
  }
}
