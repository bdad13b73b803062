import { randomUUID } from 'node:crypto'
import { type Clock, ConflictError, InvalidInputError, NotFoundError } from '@heavylift/core'
import type { SafeFetch } from '@heavylift/core/safe-fetch'
import type { Kysely, Transaction } from 'kysely'
import type { Authorization, Authorize } from './authorization.ts'
import { noAuthorization } from './authorization.ts'
import type { CredentialRow, CredentialSecrets, CredentialSpec, OAuthSpec } from './credential.ts'
import type { CredentialTables, CredentialUse } from './credential-tables.ts'
import { discoverSignIn } from './discover.ts'
import type { KnownClient } from './discover.ts'
import { OAuthClient } from './oauth.ts'
import { CredentialUses } from './credential-uses.ts'
import { OAuthRefusal } from './oauth-refusal.ts'
import { PendingConnections } from './pending-connections.ts'
import type { Tokens } from './oauth.ts'
import type { Sealer } from './seal.ts'

/** An access token that holds for less is refreshed first. */
const leastLeftMs = 60_000
/** How long a person has to allow it. */
const pendingMs = 15 * 60_000

export interface NewCredential {
  name: string
  spec: CredentialSpec
  team: string | null
  sources: string[]
  secret?: string | undefined
}

/** What a person does to connect: go to an address, or type a code at one. */
export type Connecting =
  | { kind: 'redirect'; url: string }
  | {
      kind: 'device'
      id: string
      userCode: string
      verificationUri: string
      verificationUriComplete: string | null
      expiresMs: number
      intervalS: number
    }
  | { kind: 'done' }

/** Credentials of tenants in the database. What is secret of one is sealed, and is read at the edge of a call only; no method gives it to a caller. */
export class Credentials {
  readonly #clock: Clock
  readonly #database: Kysely<CredentialTables>
  readonly #fetch: SafeFetch
  readonly #sealer: Sealer
  readonly #teamOf: (tenantId: string, agent: string) => Promise<string | null>
  readonly #fallback: Authorize
  readonly #pending: PendingConnections
  readonly #uses: CredentialUses

  constructor(options: {
    clock: Clock
    database: Kysely<CredentialTables>
    fetch: SafeFetch
    sealer: Sealer
    teamOf: (tenantId: string, agent: string) => Promise<string | null>
    /** Credentials of the configuration, for names that the tenant has none of. */
    fallback: Authorize
  }) {
    this.#clock = options.clock
    this.#database = options.database
    this.#fetch = options.fetch
    this.#sealer = options.sealer
    this.#teamOf = options.teamOf
    this.#fallback = options.fallback
    this.#pending = new PendingConnections(options)
    this.#uses = new CredentialUses(options)
  }

  async list(tenantId: string): Promise<CredentialRow[]> {
    return await this.#database
      .selectFrom('credential')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .orderBy('name')
      .execute()
  }

  /** @throws NotFoundError `credential-unknown` */
  async find(tenantId: string, name: string): Promise<CredentialRow> {
    return known(await this.#row(this.#database, tenantId, name), name)
  }

  /** @throws ConflictError `credential-exists`; InvalidInputError `credential-empty` */
  async create(tenantId: string, { name, spec, team, sources, secret }: NewCredential): Promise<void> {
    needSecret(spec, secret)
    const added = await this.#database
      .insertInto('credential')
      .values({
        tenant_id: tenantId,
        name,
        spec: JSON.stringify(spec),
        team,
        sources: JSON.stringify(sources),
        sealed: await this.#sealed(tenantId, name, secret === undefined ? {} : { secret }),
        expires_ms: null,
        is_connected: spec.kind !== 'oauth2',
        problem: null,
        made_ms: this.#clock.nowMs(),
        rotated_ms: null,
        revoked_ms: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (added.numInsertedOrUpdatedRows === 0n)
      throw new ConflictError({
        code: 'credential-exists',
        message: `There is a credential "${name}" already. Rotate it, or take another name.`,
      })
  }

  /**
   * Adds the credential that an MCP server asks for, by what the server and its authorization server say; it is connected afterwards as any.
   * @throws as `discoverSignIn` and `create`
   */
  async createFor(
    tenantId: string,
    of: Pick<NewCredential, 'name' | 'team'> & {
      source: string
      url: string
      redirectUri: string
      client: KnownClient | null
    },
  ): Promise<{ issuer: string; scopes: string[]; isRegistered: boolean }> {
    const { name, team, source, url, redirectUri, client } = of
    const { spec, secret, isRegistered } = await discoverSignIn(url, {
      fetch: this.#fetch,
      redirectUri,
      client,
    })
    await this.create(tenantId, { name, spec, team, sources: [source], secret })
    return { issuer: spec.issuer, scopes: spec.scopes, isRegistered }
  }

  /** Another secret in its place, which holds from the next call on; a revoked one is in use again. @throws as `find` and `create` */
  async rotate(tenantId: string, name: string, secret: string): Promise<void> {
    const { spec } = await this.find(tenantId, name)
    needSecret(spec, secret)
    await this.#write(this.#database, tenantId, name, {
      sealed: await this.#sealed(tenantId, name, { secret }),
      rotated_ms: this.#clock.nowMs(),
      revoked_ms: null,
      expires_ms: null,
      problem: null,
      is_connected: spec.kind !== 'oauth2',
    })
  }

  /** What it held is gone, and the next call with it is refused; its uses stay. @throws NotFoundError `credential-unknown` */
  async revoke(tenantId: string, name: string): Promise<void> {
    await this.find(tenantId, name)
    await this.#write(this.#database, tenantId, name, {
      sealed: null,
      expires_ms: null,
      is_connected: false,
      revoked_ms: this.#clock.nowMs(),
    })
  }

  /** Who used it, the last first. @throws NotFoundError `credential-unknown` */
  async uses(tenantId: string, name: string, limit: number): Promise<CredentialUse[]> {
    await this.find(tenantId, name)
    return await this.#uses.of(tenantId, name, limit)
  }

  /** When each was last used, by its name. */
  async lastUses(tenantId: string): Promise<Map<string, number>> {
    return await this.#uses.last(tenantId)
  }

  /** Uses before that time are forgotten; so are connections that nobody finished. */
  async forget(beforeMs: number): Promise<void> {
    await Promise.all([this.#uses.forget(beforeMs), this.#pending.forget()])
  }

  readonly authorize: Authorize = async (source, asked) => {
    const { tenantId, credential: name } = asked
    if (name === null) return noAuthorization
    const row = await this.#row(this.#database, tenantId, name)
    if (row === null) {
      const given = await this.#fallback(source, asked)
      await this.#uses.note(source, asked)
      return given
    }
    if (row.sealed === null)
      throw new InvalidInputError({
        code: 'credential-revoked',
        message: `The credential "${name}" was revoked. Rotate it under Tools, or take another.`,
      })
    if (!row.sources.includes(source))
      throw new InvalidInputError({
        code: 'credential-elsewhere',
        message: `The credential "${name}" is not for ${source}. It is for: ${row.sources.join(', ')}.`,
      })
    const { caller } = asked
    if (row.team !== null && caller != null && (await this.#teamOf(tenantId, caller.agent)) !== row.team)
      throw new InvalidInputError({
        code: 'credential-of-another-team',
        message: `The credential "${name}" is for agents of the team ${row.team}, and ${caller.agent} is none of them.`,
      })
    const given = await this.#authorization(row)
    await this.#uses.note(source, asked)
    return given
  }

  /**
   * Begins to connect an OAuth 2 credential: with an address to go to, or a code to type; client credentials are connected at once. `by` is who began, and only who
   * began ends it. @throws InvalidInputError `credential-no-oauth`, OAuthRefusal `oauth-refused`
   */
  async connect(
    tenantId: string,
    name: string,
    { by, redirectUri }: { by: string; redirectUri: string },
  ): Promise<Connecting> {
    const row = await this.find(tenantId, name)
    const { spec } = row
    if (spec.kind !== 'oauth2' || row.sealed === null)
      throw new InvalidInputError({
        code: 'credential-no-oauth',
        message: `The credential "${name}" ${row.sealed === null ? 'was revoked: rotate it first' : 'is no OAuth 2 credential and needs no connecting'}.`,
      })
    const client = this.#client(spec, await this.#secrets(row))
    switch (spec.grant) {
      case 'client_credentials':
        await this.#keep(tenantId, name, await client.clientCredentials())
        return { kind: 'done' }
      case 'authorization_code': {
        const { url, state, verifier } = await client.authorizationUrl(redirectUri)
        await this.#pending.put(tenantId, name, by, state, { verifier, redirectUri }, pendingMs)
        return { kind: 'redirect', url }
      }
      case 'device_code': {
        const { deviceCode, expiresInS, ...shown } = await client.startDevice()
        const id = randomUUID()
        await this.#pending.put(tenantId, name, by, id, { deviceCode }, expiresInS * 1_000)
        return { kind: 'device', id, ...shown, expiresMs: this.#clock.nowMs() + expiresInS * 1_000 }
      }
    }
  }

  /** Ends what `connect` began, with the parameters of the address that the person came back to. A state counts once. */
  async finish(tenantId: string, by: string, callback: URLSearchParams): Promise<string> {
    const state = callback.get('state') ?? ''
    const { name, held } = await this.#pending.take(tenantId, by, state, true)
    const row = await this.find(tenantId, name)
    const client = this.#client(row.spec as OAuthSpec, await this.#secrets(row))
    await this.#keep(
      tenantId,
      name,
      await client.finish(callback, state, held['verifier'] ?? '', held['redirectUri'] ?? ''),
    )
    return name
  }

  /** Whether the code of a device was typed; false while it was not. */
  async poll(tenantId: string, by: string, id: string): Promise<boolean> {
    const { name, held } = await this.#pending.take(tenantId, by, id, false)
    const row = await this.find(tenantId, name)
    const tokens = await this.#client(row.spec as OAuthSpec, await this.#secrets(row)).pollDevice(
      held['deviceCode'] ?? '',
    )
    if (tokens === 'pending' || tokens === 'slow-down') return false
    await this.#keep(tenantId, name, tokens)
    await this.#pending.take(tenantId, by, id, true)
    return true
  }

  async #authorization(row: CredentialRow): Promise<Authorization> {
    const { spec } = row
    if (spec.kind === 'oauth2') {
      const token = await this.#freshToken(row, spec)
      return {
        headers: { authorization: `Bearer ${token}` },
        query: {},
        login: { user: spec.user ?? '', password: '', accessToken: token },
        secrets: [token],
      }
    }
    const secret = (await this.#secrets(row)).secret ?? ''
    switch (spec.kind) {
      case 'bearer':
        return { ...noAuthorization, headers: { authorization: `Bearer ${secret}` }, secrets: [secret] }
      case 'header':
        return {
          ...noAuthorization,
          headers: { [spec.header.toLowerCase()]: `${spec.prefix}${secret}` },
          secrets: [secret],
        }
      case 'query':
        return { ...noAuthorization, query: { [spec.parameter]: secret }, secrets: [secret] }
      case 'basic': {
        // RFC 7617, 2: user and password in UTF-8.
        const pair = Buffer.from(`${spec.user}:${secret}`).toString('base64')
        return {
          headers: { authorization: `Basic ${pair}` },
          query: {},
          login: { user: spec.user, password: secret },
          secrets: [secret, pair],
        }
      }
    }
  }

  /** A token that holds. Of all processes one refreshes, while the row is locked; the others wait and take what it got. */
  async #freshToken(row: CredentialRow, spec: OAuthSpec): Promise<string> {
    const held = await this.#tokenOf(row)
    if (held !== null) return held
    const { tenant_id: tenantId, name } = row
    const outcome = await this.#database.transaction().execute(async (locked) => {
      const now = known(await this.#row(locked, tenantId, name, true), name)
      const token = await this.#tokenOf(now)
      if (token !== null) return { token }
      const secrets = await this.#secrets(now)
      const client = this.#client(spec, secrets)
      try {
        const tokens =
          spec.grant === 'client_credentials'
            ? await client.clientCredentials()
            : secrets.refreshToken === undefined
              ? null
              : await client.refresh(secrets.refreshToken)
        if (tokens === null)
          return { problem: 'It was not connected yet, or its server gave no refresh token.' }
        await this.#keep(tenantId, name, tokens, locked)
        return { token: tokens.accessToken }
      } catch (error) {
        if (!(error instanceof OAuthRefusal)) throw error
        // `invalid_grant`: the refresh token holds no more, and no other try will change that.
        if (error.error === 'invalid_grant')
          await this.#write(locked, tenantId, name, { problem: error.message, is_connected: false })
        return { problem: error.message }
      }
    })
    if (outcome.token !== undefined) return outcome.token
    throw new InvalidInputError({
      code: 'credential-not-connected',
      message: `The credential "${name}" has no token that holds. Connect it anew under Tools. ${outcome.problem}`,
    })
  }

  async #tokenOf(row: CredentialRow): Promise<string | null> {
    if (!row.is_connected) return null
    if (row.expires_ms !== null && row.expires_ms - this.#clock.nowMs() < leastLeftMs) return null
    return (await this.#secrets(row)).accessToken ?? null
  }

  #client(spec: OAuthSpec, { secret }: CredentialSecrets): OAuthClient {
    return new OAuthClient(spec, secret, this.#fetch)
  }

  async #keep(
    tenantId: string,
    name: string,
    tokens: Tokens,
    database: Database = this.#database,
  ): Promise<void> {
    const row = known(await this.#row(database, tenantId, name), name)
    if (row.sealed === null) return
    const { secret, refreshToken: before } = await this.#secrets(row)
    const refreshToken = tokens.refreshToken ?? before
    await this.#write(database, tenantId, name, {
      sealed: await this.#sealed(tenantId, name, {
        ...(secret === undefined ? {} : { secret }),
        accessToken: tokens.accessToken,
        ...(refreshToken === undefined ? {} : { refreshToken }),
      }),
      expires_ms: tokens.expiresInS === undefined ? null : this.#clock.nowMs() + tokens.expiresInS * 1_000,
      is_connected: true,
      problem: null,
    })
  }

  async #row(
    database: Database,
    tenantId: string,
    name: string,
    isLocked = false,
  ): Promise<CredentialRow | null> {
    return (
      (await database
        .selectFrom('credential')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('name', '=', name)
        .$if(isLocked, (query) => query.forUpdate())
        .executeTakeFirst()) ?? null
    )
  }

  async #write(
    database: Database,
    tenantId: string,
    name: string,
    values: Partial<
      Pick<CredentialRow, 'sealed' | 'expires_ms' | 'is_connected' | 'problem' | 'rotated_ms' | 'revoked_ms'>
    >,
  ): Promise<void> {
    await database
      .updateTable('credential')
      .set(values)
      .where('tenant_id', '=', tenantId)
      .where('name', '=', name)
      .execute()
  }

  async #secrets({ tenant_id: tenantId, name, sealed }: CredentialRow): Promise<CredentialSecrets> {
    return sealed === null
      ? {}
      : (JSON.parse(await this.#sealer.open(sealed, ['credential', tenantId, name])) as CredentialSecrets)
  }

  async #sealed(tenantId: string, name: string, secrets: CredentialSecrets): Promise<string> {
    return await this.#sealer.seal(JSON.stringify(secrets), ['credential', tenantId, name])
  }
}

type Database = Kysely<CredentialTables> | Transaction<CredentialTables>

function known(row: CredentialRow | null, name: string): CredentialRow {
  if (row !== null) return row
  throw new NotFoundError({
    code: 'credential-unknown',
    message: `There is no credential "${name}". Add it under Tools.`,
  })
}

function needSecret(spec: CredentialSpec, secret: string | undefined): void {
  const needs = spec.kind !== 'oauth2' || spec.clientAuth !== 'none'
  if (needs && (secret === undefined || secret === ''))
    throw new InvalidInputError({
      code: 'credential-empty',
      message: 'The credential has no secret. Give it one.',
    })
}
