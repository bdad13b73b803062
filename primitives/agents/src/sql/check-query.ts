import { InvalidInputError } from '@heavylift/core'

/** What a query uses of its database, by names, once it has passed what can be said without one. */
export interface QueryUse {
  /** Lower-case; with its schema where the query names one other than `pg_catalog`. */
  functions: readonly string[]
  /** Names behind a dot: columns, unless the database has a function of the name (`row.f` calls `f(row)`). */
  fields: readonly string[]
  /** Parameters, `$1` to `$n`. */
  parameters: number
}

export interface QueryLimits {
  /** Schemas whose tables may be read. */
  schemas: readonly string[]
  /** Functions of the database's own that may be called, with their schema (`public.distance_km`). */
  functions: readonly string[]
}

const mostCharacters = 50_000
/** Of brackets in brackets: more than any query that somebody meant. */
const mostDepth = 500

/**
 * Reads a text with PostgreSQL's own parser and says what it uses. It must be one SELECT (VALUES, TABLE and WITH included) that by its form changes nothing,
 * locks nothing, reads only tables of the schemas, and no system catalogue.
 * @throws InvalidInputError `sql-refused` with the reason, `sql-syntax` with the place
 */
export async function checkQuery(sql: string, limits: QueryLimits): Promise<QueryUse> {
  if (sql.length > mostCharacters) throw refused(`it is longer than ${mostCharacters} characters`)
  // PostgreSQL's texts end at a NUL: what comes behind it would be parsed by nobody here and sent all the same.
  if (sql.includes('\0') || !sql.isWellFormed()) throw refused('it holds characters that are none')
  const { parse } = await import('libpg-query')
  let tree: Awaited<ReturnType<typeof parse>>
  try {
    tree = await parse(sql)
  } catch (cause) {
    const { message, sqlDetails } = cause as { message: string; sqlDetails?: { cursorPosition?: number } }
    const at =
      sqlDetails?.cursorPosition === undefined ? '' : ` at character ${sqlDetails.cursorPosition + 1}`
    throw new InvalidInputError({
      code: 'sql-syntax',
      message: `The query cannot be read${at}: ${message}.`,
      cause,
    })
  }
  const [first, ...others] = tree.stmts ?? []
  if (first?.stmt === undefined) throw refused('it holds no statement')
  if (others.length > 0) throw refused(`it holds ${others.length + 1} statements, and one is allowed`)
  if (!('SelectStmt' in first.stmt)) throw refused('it is no SELECT')
  const found: Found = { functions: new Set(), fields: new Set(), parameters: new Set() }
  walk(first.stmt, limits, found, 0)
  const parameters = Math.max(0, ...found.parameters)
  for (let number = 1; number <= parameters; number++)
    if (!found.parameters.has(number))
      throw refused(`it has a parameter $${parameters} but no $${number}; number them from $1 without holes`)
  return { functions: [...found.functions], fields: [...found.fields], parameters }
}

interface Found {
  functions: Set<string>
  fields: Set<string>
  parameters: Set<number>
}

function walk(node: unknown, limits: QueryLimits, found: Found, depth: number): void {
  if (depth > mostDepth * 4) throw refused('it is nested too deep')
  if (Array.isArray(node)) for (const each of node) walk(each, limits, found, depth + 1)
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return
  for (const [kind, value] of Object.entries(node)) {
    if (kind.endsWith('Stmt') && kind !== 'SelectStmt')
      throw refused(`it holds a ${kind.replace(/Stmt$/, '').toUpperCase()}`)
    if (kind === 'intoClause') throw refused('SELECT INTO makes a table')
    if (kind === 'lockingClause') throw refused('FOR UPDATE and its like lock rows')
    visit(kind, value, limits, found)
    walk(value, limits, found, depth + 1)
  }
}

function visit(kind: string, value: unknown, limits: QueryLimits, found: Found): void {
  switch (kind) {
    case 'RangeVar':
      return checkTable(value as { catalogname?: string; schemaname?: string; relname?: string }, limits)
    case 'FuncCall': {
      const name = names((value as { funcname?: unknown[] }).funcname)
      const bare = name[0] === 'pg_catalog' ? name.slice(1) : name
      found.functions.add(bare.join('.').toLowerCase())
      return
    }
    case 'ColumnRef':
      for (const field of names((value as { fields?: unknown[] }).fields).slice(1)) found.fields.add(field)
      return
    case 'A_Indirection':
      for (const field of names((value as { indirection?: unknown[] }).indirection)) found.fields.add(field)
      return
    case 'A_Expr': {
      const name = names((value as { name?: unknown[] }).name)
      if (name.length > 1 && name[0] !== 'pg_catalog')
        throw refused(`the operator ${name.join('.')} is not PostgreSQL's own`)
      return
    }
    case 'ParamRef':
      found.parameters.add((value as { number?: number }).number ?? 0)
      return
  }
}

function checkTable(
  { catalogname, schemaname, relname = '' }: { catalogname?: string; schemaname?: string; relname?: string },
  { schemas }: QueryLimits,
): void {
  if (catalogname !== undefined) throw refused('it names another database')
  // Without a schema a name is looked for in `pg_catalog` first, and all there begins so.
  if (schemaname === undefined ? /^pg_/i.test(relname) : !schemas.includes(schemaname))
    throw refused(
      `${schemaname === undefined ? relname : `${schemaname}.${relname}`} is not in what may be read (${schemas.join(', ')})`,
    )
}

function names(list: readonly unknown[] | undefined): string[] {
  return (list ?? []).flatMap((each) => {
    const text = (each as { String?: { sval?: string } }).String
    return text === undefined ? [] : [text.sval ?? '']
  })
}

export function refused(why: string): InvalidInputError {
  return new InvalidInputError({
    code: 'sql-refused',
    message: `The query is refused: ${why}. Send one SELECT over the tables that \`schema\` lists, with values as parameters ($1, $2 …).`,
  })
}
