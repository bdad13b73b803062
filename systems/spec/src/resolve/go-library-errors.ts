import { each, textOf } from './values.ts'
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

/** What reads a request and does not check it, as its package documents it, and packages that check. */
const readsAlone =
  /^(?:github\.com\/labstack\/echo(?:\/v\d)?\.(?:Context|DefaultBinder)\(\)\.|encoding\/json\.|github\.com\/go-chi\/render\.Decode|github\.com\/gofiber\/fiber\/v[12]\.Ctx\(\)\.\w+Parser)/
const checks = /\/(?:validator|ozzo-validation|govalidator|validate)(?:\/v\d+)?$/

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
  const mayBeOfOther = (path: string) => reads.test(path) && !(readsAlone.test(path) && checks.test(other))
  return !(from?.t === 'symbol' && mayBeOfOther(from.path)) && !(driver.test(other) && asksDatabase.test(one))
}

/** Which calls give errors that libraries name, as they document them: those alone, or all but those. */
const giving: readonly { of: RegExp; from: RegExp; by?: RegExp; notBy?: RegExp }[] = [
  {
    of: /^gorm\.io\/gorm\.ErrRecordNotFound$/,
    from: /^gorm\.io\/gorm\./,
    by: /\.(?:First|Last|Take)\(/,
  },
  // The first gorm (v1.gorm.io, "Query"): also of what one struct is read into.
  {
    of: /^github\.com\/jinzhu\/gorm\.ErrRecordNotFound$/,
    from: /^github\.com\/jinzhu\/gorm\./,
    by: /\.(?:First|Last|Take|Find|Scan|Related|Association|Transaction)\(/,
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
  if (target.path.endsWith('ErrNoRows')) {
    const statements = statementsIn(call)
    if (statements.length > 0 && statements.every((sql) => alwaysGivesRow.test(sql))) return true
  }
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

/** A row that is put in, or a count: there always is one. */
const alwaysGivesRow =
  /^\s*SELECT\s+(?:count|exists|coalesce\(\s*(?:sum|max|min|count))\s*\((?![^]*\bGROUP\s+BY\b)|^\s*INSERT\b(?![^]*\b(?:SELECT|WHERE|CONFLICT|IGNORE)\b)/i

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
  {
    by: /\/ozzo-validation\/v\d+\.(?:ValidateStruct(?:WithContext)?\(\)|Errors\(\)\.Filter\(\))$/,
    type: /\/ozzo-validation\/v\d+\.Errors$/,
  },
  { by: /^strconv\.(?:Atoi|Parse\w+)\(\)$/, type: /^strconv\.NumError$/ },
]

/** Whether an error is of a type for sure because the call that gave it documents it. */
export function isDocumentedAs(error: Value, type: Value): boolean {
  if (error.t !== 'symbol' || type.t !== 'symbol') return false
  const given = givenBy(error)
  const call = error.path === outsideError && given?.t === 'symbol' ? given : error
  return typesOf.some((one) => one.type.test(type.path) && one.by.test(call.path))
}

/** What an error of a driver can't be about, by the statement that gave it. */
interface NoteOfStatement {
  breaksNone: 'unique' | 'constraint'
}

/** An error of a driver as `errors.As` finds it in what a call failed with; null where its statement may break whatever it asks for. */
export function ofStatement(error: Value, type: SymbolValue): SymbolValue | null {
  if (error.t !== 'symbol' || !driver.test(packageOf(type.path))) return null
  const call = error.path === outsideError ? givenBy(error) : error
  const statements = call?.t === 'symbol' ? statementsIn(call) : []
  const kinds = statements.map((sql) =>
    /^\s*SELECT\b/i.test(sql) && !/\b(?:INSERT|UPDATE|DELETE|MERGE|CALL)\b/i.test(sql)
      ? 'constraint'
      : /^\s*DELETE\b|\bON\s+CONFLICT\b[^;]*\bDO\s+NOTHING\b|^\s*INSERT\s+(?:OR\s+)?IGNORE\b/i.test(sql)
        ? 'unique'
        : null,
  )
  if (kinds.length === 0 || kinds.includes(null)) return null
  const breaksNone = kinds.includes('unique') ? 'unique' : 'constraint'
  return { ...type, note: { breaksNone } satisfies NoteOfStatement }
}

function statementsIn({ args, of }: SymbolValue): string[] {
  // What collects rows is given those of a query: `pgx.CollectOneRow(rows, …)`, `pgxscan.ScanOne(&boat, rows)`.
  for (const { value } of args) {
    const queries = each(value).flatMap((one) => (one.t === 'symbol' && ofRows.test(one.path) ? [one] : []))
    const found = queries.flatMap(statementsIn)
    if (found.length > 0 && queries.length === each(value).length && found.length === queries.length)
      return found
  }
  for (const { value } of args) {
    const texts = each(value).map((one) => textOf(one.t === 'text' ? one.parts[0] : one))
    const found = texts.flatMap((text) => text ?? [])
    if (found.length === texts.length && found.every((text) => statement.test(text))) return found
  }
  return of?.t === 'symbol' ? statementsIn(of) : []
}
const ofRows = /\.Queryx?(?:Context)?\(\)$/
const statement = /^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|MERGE|REPLACE|CALL)\b/i

/** Codes that drivers give where a constraint is broken, and where one is that asks for something to be there once: class 23 of SQL's, those of MySQL and of SQLite. */
const ofConstraint = /^(?:23\w{3}|1048|1062|1169|1216|1217|1451|1452|1586|3819|19|275|787|1299|1555|2067)$/
const ofUnique = /^(?:23505|1062|1169|1586|1555|2067)$/

/** Whether a part of an error is asked for a broken constraint that its statement can't break. */
export function asksUnbroken(part: Value, code: Value): boolean {
  if (part.t !== 'symbol' || !/\.(?:Code|Number|SQLState|ExtendedCode)(?:\(\))?$/.test(part.path))
    return false
  const noteOf = (one: Value | null): NoteOfStatement['breaksNone'] | undefined =>
    one?.t === 'symbol'
      ? ((one.note as Partial<NoteOfStatement> | null)?.breaksNone ?? noteOf(one.of))
      : undefined
  const none = noteOf(part)
  if (none === undefined) return false
  const isOfUnique =
    code.t === 'const' ? ofUnique.test(String(code.v)) : code.t === 'symbol' && /Unique\w*$/.test(code.path)
  const isOfConstraint =
    code.t === 'const'
      ? ofConstraint.test(String(code.v))
      : code.t === 'symbol' && /Violation$|Constraint\w*$/.test(code.path)
  return none === 'unique' ? isOfUnique : isOfUnique || isOfConstraint
}
