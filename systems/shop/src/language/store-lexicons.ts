import { sql } from 'kysely'
import type { ColumnType, Kysely } from 'kysely'
import { languageOf } from './language.ts'
import type { LanguageCode } from './languages.ts'
import { lexiconOf, makeLexicon } from './lexicon.ts'
import type { Lexicon } from './lexicon.ts'
import { parseSynonyms, writeSynonyms } from './synonyms.ts'

export interface LanguageTables {
  synonym_list: {
    tenant_id: string
    lines: ColumnType<string[], string, string>
    version: number
    changed_at: Date
  }
}

/** The synonyms of a store, as its operator wrote them. */
export interface StoreSynonyms {
  lines: string[]
  /** Null before the first change. */
  changedAtMs: number | null
}

/** What words mean in each tenant's store: the language of the installation, and the tenant's own synonyms over its. */
export class StoreLexicons {
  readonly language: LanguageCode
  readonly #db: Kysely<LanguageTables>
  readonly #known = new Map<string, { version: number; lexicon: Lexicon }>()

  constructor(db: Kysely<LanguageTables>, language: LanguageCode) {
    this.#db = db
    this.language = language
  }

  /** The same object until the tenant's synonyms change. Reads one row by key each time. */
  async read(tenantId: string): Promise<Lexicon> {
    const row = await this.#db
      .selectFrom('synonym_list')
      .where('tenant_id', '=', tenantId)
      .select(['version', 'lines'])
      .executeTakeFirst()
    if (!row || row.lines.length === 0) return lexiconOf(this.language)
    const known = this.#known.get(tenantId)
    if (known?.version === row.version) return known.lexicon
    const lexicon = makeLexicon(this.language, parseSynonyms(row.lines))
    this.#known.set(tenantId, { version: row.version, lexicon })
    return lexicon
  }

  async synonyms(tenantId: string): Promise<StoreSynonyms> {
    const row = await this.#db
      .selectFrom('synonym_list')
      .where('tenant_id', '=', tenantId)
      .select(['lines', 'changed_at'])
      .executeTakeFirst()
    return { lines: row?.lines ?? [], changedAtMs: row?.changed_at.getTime() ?? null }
  }

  /** Replaces all of a tenant's synonyms. Throws `synonyms-invalid` and changes nothing when a line names fewer than two words. */
  async save(tenantId: string, lines: readonly string[], atMs: number): Promise<StoreSynonyms> {
    const written = parseSynonyms(lines.map((line) => line.trim()).filter((line) => line !== '')).map(
      writeSynonyms,
    )
    const at = new Date(atMs)
    await this.#db
      .insertInto('synonym_list')
      .values({ tenant_id: tenantId, lines: JSON.stringify(written), version: 1, changed_at: at })
      .onConflict((conflict) =>
        conflict.column('tenant_id').doUpdateSet({
          lines: JSON.stringify(written),
          version: sql<number>`synonym_list.version + 1`,
          changed_at: at,
        }),
      )
      .execute()
    return { lines: written, changedAtMs: atMs }
  }

  /** Those of the language, which every store has. */
  standard(): readonly string[] {
    return languageOf(this.language).synonymLines
  }
}
