import { each } from './values.ts'
import type { SymbolValue, Value } from './values.ts'

/** The path of an error that code outside gave. */
export const outsideError = '@outside'

/** What gave an error that code outside gave. */
export const givenBy = ({ of }: SymbolValue): Value | null =>
  of?.t === 'symbol' && of.path === outsideError ? givenBy(of) : of

/** Packages of drivers of databases, whose errors come through whatever asks the database. */
const driver =
  /\/(?:pgconn|pgerrcode|pq|mysql|mariadb|go-mssqldb|go-sqlite3?|sqlite3?|gosqlite|godror|snowflake|clickhouse-go|mongo)(?:\/v\d+)?$/
const asksDatabase = /sql|db|pgx|pq|orm\b|\bent\b|\bbun\b|mongo|squirrel|stor|repo|data|dao|cache|persist/i

/** What reads or checks what it is given fails with errors of others too: of a decoder, of a validator, of whoever limits what is read. */
const reads = /(?:Bind|Decod|Unmarshal|Pars|Read|Valid|Struct|Copy|Var)\w*(?:\(\))?(?:\.\w+(?:\(\))?)?$/

/** `github.com/labstack/echo/v4.HTTPError`: the package of a name. */
export const packageOf = (path: string): string => /^(?:[\w.-]+\/)*[\w-]+(?=\.[A-Z])/.exec(path)?.[0] ?? ''

const moduleOf = (path: string): string =>
  path.includes('.')
    ? path
        .split('/')
        .slice(0, /^(?:gopkg\.in|gorm\.io)\//.test(path) ? 2 : 3)
        .join('/')
    : path

/** Whether what a call of one package gives is surely none of another one's types; packages of one module share theirs. */
export function isOfOtherPackage(from: Value | null, type: SymbolValue, isMade = false): boolean {
  const [one = '', other = ''] = [from, type].map((part) => packageOf(part?.t === 'symbol' ? part.path : ''))
  if (one === '' || other === '' || moduleOf(one) === moduleOf(other)) return false
  if (isMade) return true
  return !(from?.t === 'symbol' && reads.test(from.path)) && !(driver.test(other) && asksDatabase.test(one))
}

/** Which calls give errors that libraries name, as they document them: those alone, or all but those. */
const giving: readonly { of: RegExp; from: RegExp; by?: RegExp; notBy?: RegExp }[] = [
  {
    of: /^gorm\.io\/gorm\.ErrRecordNotFound$/,
    from: /^gorm\.io\/gorm\./,
    by: /\.(?:First|Last|Take)\(/,
  },
  {
    of: /^gorm\.io\/gorm\.ErrDuplicatedKey$/,
    from: /^gorm\.io\/gorm\./,
    by: /\.(?:Create\w*|Save|Updates?|UpdateColumns?|FirstOrCreate|Exec|Raw)\(/,
  },
  {
    of: /^gorm\.io\/gorm\.ErrForeignKeyViolated$/,
    from: /^gorm\.io\/gorm\./,
    by: /\.(?:Create\w*|Save|Updates?|UpdateColumns?|FirstOrCreate|Append|Replace|Delete|Exec|Raw)\(/,
  },
  {
    of: /^(?:database\/sql|github\.com\/jackc\/pgx(?:\/v\d)?)\.ErrNoRows$/,
    from: /^(?:database\/sql|github\.com\/(?:jackc\/pgx|jmoiron\/sqlx)\b.*)\./,
    notBy:
      /\.(?:Exec\w*|Query|QueryContext|Queryx\w*|NamedExec\w*|NamedQuery\w*|Select\w*|CollectRows|Prepare\w*|Begin\w*|Commit|Rollback|Ping\w*|CopyFrom)\(\)$/,
  },
  { of: /\/mongo\.ErrNoDocuments$/, from: /\/mongo\./, by: /\.FindOne\w*\(/ },
]

/** Whether an error that a call outside gave is surely not the one that a library names so. */
export function isNeverGiven(call: Value | null, target: Value): boolean {
  if (call?.t !== 'symbol' || target.t !== 'symbol' || !/\.Err[A-Z]\w*$/.test(target.path)) return false
  const rule = giving.find(({ of, from }) => of.test(target.path) && from.test(call.path))
  // What is given code to run gives what that does too.
  const given = codeGiven(call)
  if (rule) {
    const all = `${call.path}${given}`
    return rule.by ? !rule.by.test(all) : given === '' && rule.notBy?.test(call.path) === true
  }
  const other = packageOf(target.path)
  const isShared = !other.includes('.') && other !== 'database/sql'
  return (
    given === '' && !isShared && !asksDatabase.test(packageOf(call.path)) && isOfOtherPackage(call, target)
  )
}

const codeGiven = ({ args, of }: SymbolValue): string =>
  [
    ...args.flatMap(({ value }) =>
      each(value).flatMap((one) =>
        one.t === 'func' ? [one.module.text.slice(one.fn.headEnd, one.fn.end)] : [],
      ),
    ),
    of?.t === 'symbol' ? codeGiven(of) : '',
  ].join('')

/** Types of the errors that calls give where they fail, as their packages document it. */
const typesOf: readonly { by: RegExp; type: RegExp }[] = [
  { by: /\/validator\/v\d+\..*\.(?:Struct|Var)\w*\(\)$/, type: /\/validator\/v\d+\.ValidationErrors$/ },
  { by: /^strconv\.(?:Atoi|Parse\w+)\(\)$/, type: /^strconv\.NumError$/ },
]

/** Whether an error is of a type for sure because the call that gave it documents it. */
export function isDocumentedAs(error: Value, type: Value): boolean {
  if (error.t !== 'symbol' || type.t !== 'symbol') return false
  const given = givenBy(error)
  const call = error.path === outsideError && given?.t === 'symbol' ? given : error
  return typesOf.some((one) => one.type.test(type.path) && one.by.test(call.path))
}
