import { inOneLine } from '../facts/expression.ts'
import { unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Project } from './project.ts'
import type { Site, SymbolValue, Value } from './values.ts'
import { constant, symbol, textOf } from './values.ts'

/** An error that a library for databases gives, as it documents it. */
interface Given {
  /** The package that a program has to import. */
  of: RegExp
  /** Which methods give it. */
  by: RegExp
  error: string
  has?: Readonly<Record<string, string | number>>
  /** What a program that asks for it writes. */
  asked: RegExp
  /** A statement of SQL is among what the call says. */
  isSql?: true
  /** What a call of it is written like. */
  isLike?: RegExp
  /** What a schema of Mongoose says that may refuse so. */
  refusedBy?: RegExp
}

const writesSql = /\b(?:INSERT\s+INTO|REPLACE\s+INTO|UPDATE\s+[\w"`.$]+\s+SET|UPDATE\s*\$\{|MERGE\s+INTO)\b/i
const runsSql = /^(?:query|execute|run|exec|one|oneOrNone|none|any|result|get|all|\$(?:query|execute)Raw\w*)$/
const inPostgres = /^(?:pg|pg-promise|postgres|@fastify\/postgres|pg-pool|slonik|@nearform\/sql)$/
const inMysql = /^(?:mysql2?(?:\/promise)?|mariadb|@fastify\/mysql|promise-mysql)$/
const inSqlite = /^(?:better-sqlite3|sqlite3|sqlite|node:sqlite)$/
const builders =
  /^(?:knex|objection|kysely|typeorm|@nestjs\/typeorm|@mikro-orm\/core|drizzle-orm(?:\/[\w-]+)?)$/
const ofBuilders =
  /^(?:insert|insertInto|insertGraph\w*|update|upsert|updateTable|patch\w*|save|persistAndFlush|flush|create)$/

const ofDriver = (
  has: Record<string, string | number>,
  asked: RegExp,
  driver: RegExp,
  error: string,
): Given[] => [
  { of: driver, by: runsSql, isSql: true, error, has, asked },
  { of: builders, by: ofBuilders, error, has, asked },
]

/**
 * By the libraries' documentation: Mongoose ("Validation", "Error"), MongoDB ("Error Codes"), Prisma ("Error message reference"), Sequelize ("API, errors"), PostgreSQL
 * ("Error Codes"), MySQL ("Server Error Message Reference"), SQLite ("Result and Error Codes"), TypeORM (`QueryFailedError`).
 */
const given: readonly Given[] = [
  {
    of: /^(?:mongoose|@nestjs\/mongoose)$/,
    by: /^(?:save|create|insertMany|validate)$/,
    error: 'mongoose.Error.ValidationError',
    asked: /\bValidationError\b/,
    refusedBy: /\b(?:required|enum|min|max|min[Ll]ength|max[Ll]ength|match|validate)\b\s*:/,
  },
  {
    of: /^(?:mongoose|@nestjs\/mongoose|mongodb)$/,
    by: /^(?:save|create|insertMany|insertOne|(?:find)?\w*(?:Update|Replace)|update(?:One|Many)|replaceOne|bulkWrite)$/,
    error: 'mongodb.MongoServerError',
    has: { code: 11000 },
    asked: /\b11000\b|E11000/,
    refusedBy: /\bunique\b\s*:/,
  },
  {
    of: /^mongoose$/,
    by: /^findById\w*$/,
    error: 'mongoose.Error.CastError',
    asked: /\bCastError\b/,
  },
  {
    of: /^mongoose$/,
    by: /^orFail$/,
    error: 'mongoose.Error.DocumentNotFoundError',
    asked: /\bDocumentNotFoundError\b/,
  },
  ...(
    [
      ['P2002', /^(?:create\w*|update\w*|upsert)$/],
      ['P2025', /^(?:update|delete|\w+OrThrow)$/],
      ['P2003', /^(?:create\w*|update\w*|upsert|delete\w*)$/],
    ] as const
  ).map(([code, by]) => ({
    of: /^(?:@prisma\/client|\.prisma\/client)\b/,
    by,
    error: '@prisma/client.Prisma.PrismaClientKnownRequestError',
    has: { code },
    isLike: /(?:prisma|tx|trx|transaction|db|client|database)\w*\.\w+\.\w+$/i,
    asked: new RegExp(String.raw`\b${code}\b`),
  })),
  ...(
    [
      ['UniqueConstraintError', /^(?:create|bulkCreate|save|update|upsert|findOrCreate)$/],
      ['ValidationError', /^(?:create|bulkCreate|save|update|upsert|findOrCreate|validate)$/],
      ['ForeignKeyConstraintError', /^(?:create|bulkCreate|save|update|upsert|destroy)$/],
    ] as const
  ).map(([name, by]) => ({
    of: /^(?:sequelize|sequelize-typescript|@sequelize\/core)$/,
    by,
    error: `sequelize.${name}`,
    asked: new RegExp(String.raw`\b(?:Sequelize)?${name}\b`),
  })),
  ...ofDriver({ code: '23505' }, /\b23505\b/, inPostgres, 'pg.DatabaseError'),
  ...ofDriver({ code: '23503' }, /\b23503\b/, inPostgres, 'pg.DatabaseError'),
  ...ofDriver(
    { code: 'ER_DUP_ENTRY', errno: 1062 },
    /\bER_DUP_ENTRY\b|\b1062\b/,
    inMysql,
    'mysql2.QueryError',
  ),
  ...ofDriver(
    { code: 'SQLITE_CONSTRAINT_UNIQUE' },
    /\bSQLITE_CONSTRAINT_UNIQUE\b/,
    inSqlite,
    'better-sqlite3.SqliteError',
  ),
]

/** Codes that Prisma alone gives ("Error message reference"). */
export const isOfPrisma = (code: unknown): code is string =>
  typeof code === 'string' && /^P[1-6]\d{3}$/.test(code)

/** Errors that a call of a library for databases is documented to give, of those that the program asks for somewhere, each with when it comes. */
export function databaseErrors(
  project: Project,
  callee: SymbolValue,
  site: Site,
): { error: Value; when: Condition }[] {
  const name = callee.path.split('.').at(-1) ?? ''
  const rules = rulesOf(project).filter(({ by }) => by.test(name))
  if (rules.length === 0 || isOther.test(callee.path)) return []
  const text = site.module.text.slice(site.start, site.end)
  const [said = name] = /^[^(]*/.exec(inOneLine(text)) ?? []
  return rules.flatMap((rule) => {
    if (rule.isLike?.test(said) === false) return []
    if (rule.isSql && !statementsOf(callee, text).some((one) => writesSql.test(one))) return []
    const model = rule.refusedBy ? modelOf(callee) : null
    const schema = model === null ? null : schemaOf(project, model)
    if (schema !== null && rule.refusedBy?.test(schema) === false) return []
    // What is made of a model that refuses surely may be refused; what was loaded and is put back may have nothing in it that can be.
    const isMade = /^(?:create|insertMany)$/.test(name) || callee.path.endsWith('()().save')
    const isSure = schema !== null && isMade
    const what = Object.values(rule.has ?? {})[0] ?? rule.error.split('.').at(-1)
    const atom = { subject: `${said}(…) failed == ${what}`, op: 'true' } as const
    const has = Object.entries(rule.has ?? {}).map(([key, value]) => ({ name: key, value: constant(value) }))
    return [
      {
        error: symbol(`${rule.error}()`, rule.error.split('.').at(-1) ?? rule.error, { args: has, site }),
        when: [isSure ? [atom] : [atom, unsaid]],
      },
    ]
  })
}

/** What runs no statement of a database. */
const isOther =
  /^(?:axios|fs|crypto|Object|Array|Promise|Reflect|JSON|console|Math|Buffer|process|jsonwebtoken|redis|ioredis|lodash|_)\b(?!:)|create(?:Hash|Hmac)|^\w+:\w+\.\w+$/

const rulesBefore = new WeakMap<Project, readonly Given[]>()

function rulesOf(project: Project): readonly Given[] {
  const known = rulesBefore.get(project)
  if (known) return known
  const texts = [...project.modules.values()].flatMap(({ language, text }) =>
    language === 'javascript' ? [text] : [],
  )
  const imported = new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/(?:\bfrom\s*|\brequire\(\s*|\bimport\s*\(?\s*)['"]([^'"]+)['"]/g)].map(
        ([, one = '']) => one,
      ),
    ),
  )
  const found = given.filter(
    ({ of, asked }) => [...imported].some((one) => of.test(one)) && texts.some((text) => asked.test(text)),
  )
  rulesBefore.set(project, found)
  return found
}

// The texts of a call and of what it is called on: `db.prepare('INSERT …').run()`.
function statementsOf({ of, args }: SymbolValue, text: string): string[] {
  return [
    text,
    ...args.flatMap(({ value }) => textOf(value) ?? []),
    ...(of?.t === 'symbol' ? statementsOf(of, '') : []),
  ]
}

// The name of Mongoose's model that a call is of; null where that is not known.
function modelOf(value: Value | null): string | null {
  if (value?.t !== 'symbol') return null
  if (/(?:^|\.)model\(\)$/.test(value.path)) return textOf(value.args[0]?.value)
  return modelOf(value.of)
}

const schemasBefore = new WeakMap<Project, Map<string, string | null>>()

// What the module says that makes a model.
function schemaOf(project: Project, model: string): string | null {
  const known = schemasBefore.get(project) ?? new Map<string, string | null>()
  schemasBefore.set(project, known)
  const before = known.get(model)
  if (before !== undefined) return before
  const makes = new RegExp(String.raw`\bmodel\s*(?:<[^()]*>)?\(\s*['"\x60]${model}['"\x60]\s*,`)
  const texts = [...project.modules.values()].flatMap(({ text }) => (makes.test(text) ? [text] : []))
  const found = texts.some((text) => /\bSchema\b/.test(text)) ? texts.join('\n') : null
  known.set(model, found)
  return found
}
