import { unsaid } from '../facts/condition.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { calledWith, each, symbol, textOf } from '../resolve/values.ts'
import type { ArgValue, Site, SymbolValue, Value } from '../resolve/values.ts'

/** What a library of databases of Python is documented to raise where a row breaks a constraint: by calls of these names. */
interface DatabaseError {
  error: string
  bases: readonly string[]
  calls: RegExp
  /** Only with a statement that writes. */
  byStatement?: true
}

const under = (root: string, names: readonly string[]) => names.map((name) => `${root}.${name}`)
const statements =
  /^(?:execute|executemany|execute_many|fetch|fetchrow|fetchval|fetchone|fetch_one|fetch_val)$/
const stores = /^(?:save|create|acreate|asave|bulk_create|abulk_create|insert_many|bulk_update)$/

const errors: readonly DatabaseError[] = [
  // docs.sqlalchemy.org, "Core Exceptions".
  {
    error: 'sqlalchemy.exc.IntegrityError',
    bases: under('sqlalchemy.exc', ['DatabaseError', 'DBAPIError', 'StatementError', 'SQLAlchemyError']),
    calls: /^(?:commit|flush)$/,
  },
  // magicstack.github.io/asyncpg: its errors stand in the module itself too.
  ...['asyncpg', 'asyncpg.exceptions'].map((of) => ({
    error: `${of}.UniqueViolationError`,
    bases: ['asyncpg', 'asyncpg.exceptions'].flatMap((one) =>
      under(one, ['IntegrityConstraintViolationError', 'PostgresError']),
    ),
    calls: statements,
    byStatement: true as const,
  })),
  // PEP 249, "Exceptions"; psycopg.org, "sqlstate exceptions".
  ...['psycopg', 'psycopg2'].map((of) => ({
    error: `${of}.errors.UniqueViolation`,
    bases: under(of, ['errors.IntegrityError', 'IntegrityError', 'DatabaseError', 'Error']),
    calls: statements,
    byStatement: true as const,
  })),
  ...['sqlite3', 'aiosqlite', 'pymysql.err', 'MySQLdb', 'mysql.connector'].map((of) => ({
    error: `${of}.IntegrityError`,
    bases: under(of, ['DatabaseError', 'Error']),
    calls: statements,
    byStatement: true as const,
  })),
  // docs.djangoproject.com, "Database Exceptions".
  ...['django.db', 'django.db.utils'].map((of) => ({
    error: `${of}.IntegrityError`,
    bases: under(of, ['DatabaseError', 'Error']),
    calls: stores,
  })),
  {
    error: 'peewee.IntegrityError',
    bases: ['peewee.DatabaseError', 'peewee.PeeweeException'],
    calls: stores,
  },
  {
    error: 'tortoise.exceptions.IntegrityError',
    bases: under('tortoise.exceptions', ['OperationalError', 'BaseORMException']),
    calls: stores,
  },
]

/** What errors of databases extend; empty of others. */
export const databaseParents = (path: string): readonly string[] =>
  errors.find(({ error }) => error === path)?.bases ?? []

/** A row is put in or changed, and what is there already is no matter that the statement settles itself. */
const writes =
  /\b(?:INSERT(?!\s+(?:OR\s+)?IGNORE\b)|UPDATE|MERGE|REPLACE)\b(?![^]*\bON\s+(?:CONFLICT|DUPLICATE)\b)/i
/** What a model of a repository says of a column or of several that are to be there once. */
const saysUnique = /\bunique\s*=\s*True\b|\bUniqueConstraint\(|\bunique_together\b/

/**
 * Python: errors of databases that a program's handlers of errors are there for. That a call raises them is known of the library, and that it may
 * here where what it stores is to be there once; else only who knows the tables can say whether it ever does, which stays open.
 */
export class DatabaseErrors {
  readonly #interpreter: Interpreter
  #named: readonly DatabaseError[] | null = null
  #isUnique = false

  constructor(interpreter: Interpreter) {
    this.#interpreter = interpreter
  }

  reset(): void {
    this.#isUnique = false
  }

  call({ path, text }: SymbolValue, args: readonly ArgValue[], site: Site): void {
    const name = path.slice(path.lastIndexOf('.') + 1)
    if (/^(?:add|add_all|merge)$/.test(name) && args.some(({ value }) => isToBeOnce(value)))
      this.#isUnique = true
    for (const one of this.#asked())
      if (one.calls.test(name) && (one.byStatement !== true || args.some(({ value }) => isWriting(value)))) {
        const failed = {
          subject: `${calledWith(text, args)} failed == ${one.error.split('.').at(-1) ?? ''}`,
          op: 'true',
        } as const
        const isKnown = this.#isUnique && one.byStatement !== true
        this.#interpreter.within([isKnown ? [failed] : [failed, unsaid]], () =>
          this.#interpreter.emit('raise', symbol(`${one.error}()`, one.error), null, site, {
            isDocumented: true,
          }),
        )
      }
  }

  // Errors that the program knows by name: any other nothing is there for.
  #asked(): readonly DatabaseError[] {
    this.#named ??= errors.filter(({ error }) => {
      const [, name = ''] = /(\w+)$/.exec(error) ?? []
      const library = new RegExp(`^\\s*(?:from|import)\\s+${error.split('.')[0] ?? ''}\\b`, 'm')
      return [...this.#interpreter.project.modules.values()].some(
        ({ language, text }) => language === 'python' && text.includes(name) && library.test(text),
      )
    })
    return this.#named
  }
}

const isToBeOnce = (value: Value): boolean =>
  each(value).some((one) =>
    one.t === 'list'
      ? one.items.some(isToBeOnce)
      : (one.t === 'object' || one.t === 'symbol') &&
        one.ref?.module.language === 'python' &&
        saysUnique.test(one.ref.module.text.slice(one.ref.cls.start, one.ref.cls.end)),
  )

function isWriting(value: Value): boolean {
  return each(value).some((one) => {
    const said = one.t === 'text' ? one.parts.map((part) => textOf(part) ?? '').join(' ') : textOf(one)
    return said !== null && writes.test(said)
  })
}
