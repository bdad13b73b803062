import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { LexemeGroup } from './tag-query.ts'
import type { TagTables } from './tag-tables.ts'

const stretchesInSpan = 64

/** Lexemes that a tag must have to hold the words; none where a choice or nothing but exclusions is asked for. */
async function wordGroups(db: Kysely<TagTables>, words: string): Promise<LexemeGroup[]> {
  const found = await sql<{ tree: string }>`
    select querytree(websearch_to_tsquery('english', ${words})) as tree`.execute(db)
  const tree = found.rows[0]?.tree ?? ''
  const lexemes = [...tree.matchAll(/'((?:[^']|'')*)'/g)].map(([, word]) => word ?? '')
  const operators = tree.replaceAll(/'(?:[^']|'')*'/g, '')
  return /[|!]/.test(operators)
    ? []
    : lexemes.map((word) => [word.replaceAll("''", "'").replaceAll('\\\\', '\\')])
}

/**
 * The numbers of the stretches in which every condition occurs, ascending: no other can hold a match. Null where no
 * condition rules one out.
 */
export async function heldStretches(
  db: Kysely<TagTables>,
  tenantId: string,
  conditions: readonly LexemeGroup[],
  words: string,
): Promise<number[] | null> {
  const groups = words === '' ? conditions : [...conditions, ...(await wordGroups(db, words))]
  if (groups.length === 0) return null
  const found = await sql<{ lexeme: string; span: number; seen: string }>`
    select lexeme, span, seen::text from tag_stretch
    where tenant_id = ${tenantId} and lexeme = any(${[...new Set(groups.flat())]}::text[])`.execute(db)
  const byLexeme = Map.groupBy(found.rows, ({ lexeme }) => lexeme)
  let held: Map<number, bigint> | undefined
  for (const group of groups) {
    const any = new Map<number, bigint>()
    for (const { span, seen } of group.flatMap((lexeme) => byLexeme.get(lexeme) ?? []))
      any.set(span, (any.get(span) ?? 0n) | BigInt.asUintN(stretchesInSpan, BigInt(seen)))
    held =
      held === undefined
        ? any
        : new Map([...held].map(([span, seen]) => [span, seen & (any.get(span) ?? 0n)]))
  }
  return [...(held ?? [])]
    .flatMap(([span, seen]) =>
      Array.from({ length: stretchesInSpan }, (_, bit) => bit)
        .filter((bit) => ((seen >> BigInt(bit)) & 1n) === 1n)
        .map((bit) => span * stretchesInSpan + bit),
    )
    .toSorted((a, b) => a - b)
}
