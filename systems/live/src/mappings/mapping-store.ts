import { InvalidInputError, NotFoundError, TryLaterError } from '@heavylift/core'
import type { Clock } from '@heavylift/core'
import type { Kysely } from 'kysely'
import { createMappedState } from '../feeds/mapping/mapped-state.ts'
import type { MappedState } from '../feeds/mapping/mapped-state.ts'
import { readMapping } from '../feeds/mapping/mapping-schema.ts'
import type { FeedMapping, WrittenMapping } from '../feeds/mapping/mapping-schema.ts'
import { shippedMapping, shippedMappings } from '../feeds/mapping/shipped-mappings.ts'
import type { MappingTables } from './mapping-tables.ts'

export interface MappingListing {
  name: string
  title: string
  sport: FeedMapping['sport']
  /** Comes with Heavylift, and cannot be changed. */
  isShipped: boolean
  savedAtMs: number | null
}

/** What a feed that is pushed in parts has come to. */
export interface KeptState {
  version: number
  state: MappedState
}

/** Mappings of a tenant beside those that come with Heavylift, and the state of feeds that are pushed by them. */
export interface MappingStore {
  list(tenantId: string): Promise<MappingListing[]>
  /** Throws a NotFoundError (`mapping-not-found`) that lists the names. */
  get(tenantId: string, name: string): Promise<{ mapping: WrittenMapping; isShipped: boolean }>
  /** Checks and keeps it. Throws an InvalidInputError for one that is wrong or has the name of a shipped one. */
  save(tenantId: string, value: unknown): Promise<FeedMapping>
  remove(tenantId: string, name: string): Promise<boolean>
  state(tenantId: string, mapping: string, feed: string): Promise<KeptState>
  /** Throws a TryLaterError (`feed-moved-on`) when another sender has changed it since. */
  saveState(tenantId: string, mapping: string, feed: string, kept: KeptState): Promise<void>
}

export function createMappingStore(db: Kysely<MappingTables>, clock: Pick<Clock, 'nowMs'>): MappingStore {
  const list: MappingStore['list'] = async (tenantId) => {
    const rows = await db
      .selectFrom('feed_mapping')
      .where('tenant_id', '=', tenantId)
      .select(['body', 'saved_at'])
      .orderBy('name')
      .execute()
    return [
      ...rows.map(({ body, saved_at }) => listing(body, false, saved_at.getTime())),
      ...shippedMappings.map((mapping) => listing(mapping, true, null)),
    ]
  }
  return {
    list,
    async get(tenantId, name) {
      const shipped = shippedMapping(name)
      if (shipped !== null) return { mapping: shipped, isShipped: true }
      const row = await db
        .selectFrom('feed_mapping')
        .where('tenant_id', '=', tenantId)
        .where('name', '=', name)
        .select('body')
        .executeTakeFirst()
      if (row !== undefined) return { mapping: row.body, isShipped: false }
      const names = (await list(tenantId)).map((each) => each.name)
      throw new NotFoundError({
        code: 'mapping-not-found',
        message: `There is no mapping "${name.slice(0, 60)}". There are: ${names.join(', ')}. Make one on Live → Mappings.`,
      })
    },
    async save(tenantId, value) {
      const mapping = readMapping(value)
      if (shippedMapping(mapping.name) !== null)
        throw new InvalidInputError({
          code: 'mapping-name-taken',
          message: `"${mapping.name}" comes with Heavylift and stays as it is. Give yours another "name".`,
        })
      const kept = { body: JSON.stringify(value), saved_at: new Date(clock.nowMs()) }
      await db
        .insertInto('feed_mapping')
        .values({ tenant_id: tenantId, name: mapping.name, ...kept })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'name']).doUpdateSet(kept))
        .execute()
      return mapping
    },
    async remove(tenantId, name) {
      await db
        .deleteFrom('feed_mapping_state')
        .where('tenant_id', '=', tenantId)
        .where('mapping', '=', name)
        .execute()
      const { numDeletedRows } = await db
        .deleteFrom('feed_mapping')
        .where('tenant_id', '=', tenantId)
        .where('name', '=', name)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
    async state(tenantId, mapping, feed) {
      const row = await db
        .selectFrom('feed_mapping_state')
        .where('tenant_id', '=', tenantId)
        .where('mapping', '=', mapping)
        .where('feed', '=', feed)
        .select(['version', 'body'])
        .executeTakeFirst()
      return row === undefined
        ? { version: 0, state: createMappedState() }
        : { version: row.version, state: row.body }
    },
    async saveState(tenantId, mapping, feed, { version, state }) {
      const body = JSON.stringify(state)
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('feed_mapping_state')
        .values({ tenant_id: tenantId, mapping, feed, version: version + 1, body })
        .onConflict((conflict) =>
          conflict
            .columns(['tenant_id', 'mapping', 'feed'])
            .doUpdateSet({ version: version + 1, body })
            .where('feed_mapping_state.version', '=', version),
        )
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows === 0n)
        throw new TryLaterError({
          code: 'feed-moved-on',
          message: 'Another sender pushes the same feed by this mapping at once. Send the part again.',
          status: 503,
          retryAfterSeconds: 1,
        })
    },
  }
}

const listing = (
  { name, title, sport }: WrittenMapping,
  isShipped: boolean,
  savedAtMs: number | null,
): MappingListing => ({ name, title: title ?? name, sport, isShipped, savedAtMs })
