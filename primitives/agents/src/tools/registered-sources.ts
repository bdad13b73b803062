import { type Clock, ConflictError, NotFoundError } from '@heavylift/core'
import type { ColumnType, Kysely } from 'kysely'
import { checkSpec } from './source-spec.ts'
import type { SourceSpec } from './source-spec.ts'

export interface RegisteredSource {
  tenant_id: string
  name: string
  title: string
  spec: SourceSpec
  document: string | null
  /** Name of the credential that its tools are listed with, and that a try takes. */
  credential: string | null
  made_ms: number
}

export interface SourceTables {
  tool_source: Omit<RegisteredSource, 'spec'> & { spec: ColumnType<SourceSpec, string, string> }
}

/** Sources of tools that tenants have registered. */
export class RegisteredSources {
  readonly #clock: Clock
  readonly #database: Kysely<SourceTables>
  /** Names that the configuration has: they are the same for all tenants, so nobody takes one of them. */
  readonly #taken: (name: string) => boolean

  constructor(options: { clock: Clock; database: Kysely<SourceTables>; taken: (name: string) => boolean }) {
    this.#clock = options.clock
    this.#database = options.database
    this.#taken = options.taken
  }

  async list(tenantId: string): Promise<Omit<RegisteredSource, 'document'>[]> {
    return await this.#database
      .selectFrom('tool_source')
      .select(['tenant_id', 'name', 'title', 'spec', 'credential', 'made_ms'])
      .where('tenant_id', '=', tenantId)
      .orderBy('name')
      .execute()
  }

  async find(tenantId: string, name: string): Promise<RegisteredSource | null> {
    return (
      (await this.#database
        .selectFrom('tool_source')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('name', '=', name)
        .executeTakeFirst()) ?? null
    )
  }

  /** @throws InvalidInputError `source-unusable`; ConflictError `source-exists` */
  async add(
    tenantId: string,
    name: string,
    source: Pick<RegisteredSource, 'title' | 'spec' | 'document' | 'credential'>,
  ): Promise<void> {
    checkSpec(name, source.spec, source.document !== null)
    const added = this.#taken(name)
      ? null
      : await this.#database
          .insertInto('tool_source')
          .values({
            tenant_id: tenantId,
            name,
            ...source,
            spec: JSON.stringify(source.spec),
            made_ms: this.#clock.nowMs(),
          })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
    if (added === null || added.numInsertedOrUpdatedRows === 0n)
      throw new ConflictError({
        code: 'source-exists',
        message: `There is a source "${name}" already. Take another name, or remove that one first.`,
      })
  }

  /** Agents that use it fail at their next call of it. @throws NotFoundError `tool-source-unknown` */
  async remove(tenantId: string, name: string): Promise<void> {
    const { numDeletedRows } = await this.#database
      .deleteFrom('tool_source')
      .where('tenant_id', '=', tenantId)
      .where('name', '=', name)
      .executeTakeFirst()
    if (numDeletedRows === 0n)
      throw new NotFoundError({
        code: 'tool-source-unknown',
        message: `This tenant has registered no source "${name}". Those of the configuration are removed there.`,
      })
  }
}
