import { constant, methodOutside, notDefined, symbol } from '../resolve/values.ts'
import type { SymbolValue, Value } from '../resolve/values.ts'

/** What errors of a library are called and have besides what all errors have: a value, or null where only the program knows it. */
interface ErrorParts {
  of: RegExp
  name?: string
  has: Readonly<Record<string, string | number | boolean | null>>
  /** Its methods. */
  methods?: RegExp
  /** Whatever it is made with, it has no more than these. */
  isWhole?: true
  /** The library's own question whether an error is one of these. */
  asks?: RegExp
}

/** By the libraries' documentation: zod ("Error handling"), Joi ("ValidationError"), celebrate ("isCelebrateError"), express-jwt ("Error handling"), http-errors ("Error Properties"), Hono ("HTTPException"), yup ("ValidationError"). */
const known: readonly ErrorParts[] = [
  {
    of: /^http-errors\b/,
    has: { status: null, statusCode: null, expose: null, headers: null },
    asks: /^http-errors(?:\.default)?\.isHttpError$/,
  },
  {
    of: /^body-parser\.SyntaxError$/,
    name: 'SyntaxError',
    has: { status: 400, statusCode: 400, type: 'entity.parse.failed', body: null, expose: true },
  },
  {
    of: /^body-parser\.PayloadTooLargeError$/,
    name: 'PayloadTooLargeError',
    has: {
      status: 413,
      statusCode: 413,
      type: 'entity.too.large',
      expected: null,
      length: null,
      limit: null,
      expose: true,
    },
  },
  {
    of: /^zod\.ZodError$/,
    name: 'ZodError',
    has: { issues: null, errors: null, format: null, flatten: null, type: null, isEmpty: null },
  },
  {
    of: /^joi\.ValidationError$/,
    name: 'ValidationError',
    has: { isJoi: true, details: null, _original: null, annotate: null },
    asks: /^(?:joi|@hapi\/joi)\.isError$/,
  },
  {
    of: /^yup\.ValidationError$/,
    name: 'ValidationError',
    has: { errors: null, inner: null, path: null, value: null, type: null, params: null },
    asks: /^yup\.ValidationError\.isError$/,
  },
  {
    of: /^celebrate\.CelebrateError$/,
    name: 'Error',
    has: { details: null },
    asks: /^celebrate\.isCelebrateError$/,
  },
  {
    of: /^hono\/http-exception\.HTTPException$/,
    name: 'Error',
    has: { status: null, res: null },
    methods: /^getResponse$/,
    isWhole: true,
  },
  {
    of: /^express-jwt\.UnauthorizedError$/,
    name: 'UnauthorizedError',
    has: { status: null, code: null, inner: null },
  },
]

/** An error of which nothing is asked that only some have. */
export const plainError = symbol('@plain.Error()', 'error')

const ofDatabases: readonly ErrorParts[] = [
  { of: /^@plain\.Error$/, name: 'Error', has: {}, isWhole: true },
  {
    of: /^mongoose\.Error\.ValidationError$/,
    name: 'ValidationError',
    has: { errors: null, _message: null },
  },
  {
    of: /^mongoose\.Error\.CastError$/,
    name: 'CastError',
    has: {
      kind: null,
      value: null,
      path: null,
      reason: null,
      valueType: null,
      stringValue: null,
      model: null,
    },
  },
  {
    of: /^mongoose\.Error\.DocumentNotFoundError$/,
    name: 'DocumentNotFoundError',
    has: { filter: null, query: null, numAffected: null, result: null },
  },
  {
    // Called `MongoError` before driver 4.
    of: /^mongodb\.MongoServerError$/,
    has: {
      name: null,
      keyPattern: null,
      keyValue: null,
      errmsg: null,
      index: null,
      errorLabels: null,
      writeErrors: null,
      result: null,
    },
  },
  {
    of: /^@prisma\/client\.Prisma\.PrismaClientKnownRequestError$/,
    name: 'PrismaClientKnownRequestError',
    has: { meta: null, clientVersion: null, batchRequestIdx: null },
  },
  ...['UniqueConstraintError', 'ValidationError', 'ForeignKeyConstraintError'].map((name) => ({
    of: new RegExp(String.raw`^sequelize\.${name}$`),
    name: `Sequelize${name}`,
    has: {
      errors: null,
      fields: null,
      parent: null,
      original: null,
      sql: null,
      table: null,
      index: null,
      value: null,
    },
  })),
  {
    of: /^(?:pg\.DatabaseError|mysql2\.QueryError|better-sqlite3\.SqliteError)$/,
    has: {
      name: null,
      detail: null,
      constraint: null,
      constraint_name: null,
      table: null,
      column: null,
      severity: null,
      routine: null,
      schema: null,
      sqlState: null,
      sqlMessage: null,
      sql: null,
      driverError: null,
      query: null,
      parameters: null,
    },
  },
]

const partsOf = ({ path, ref }: SymbolValue): ErrorParts | undefined =>
  ref === null && path.endsWith('()')
    ? [...known, ...ofDatabases].find(({ of }) => of.test(path.slice(0, -2)))
    : undefined

/** What every error of JavaScript has. */
const ofAll = /^(?:name|message|stack|cause|constructor|__proto__|toString|toJSON)$|^@/

/** A member of an error that a library of Node's makes; null where nothing is known of it. */
export function partOfNodeError(
  error: SymbolValue,
  name: string,
  statuses: () => readonly number[],
): Value | null {
  const parts = partsOf(error)
  if (!parts) return null
  if (name === 'name' && parts.name !== undefined) return constant(parts.name)
  if (name === 'expose' && parts.has['expose'] === null) {
    const isShown = [...new Set(statuses().map((status) => status < 500))]
    if (isShown.length > 0) return isShown.length === 1 ? constant(isShown[0] ?? null) : null
  }
  if (parts.methods?.test(name)) return methodOutside(error, name)
  const said = error.args.find((one) => one.name === name && one.value.t === 'const')
  if (said && ofDatabases.includes(parts)) return said.value
  const own = Object.hasOwn(parts.has, name) ? parts.has[name] : undefined
  // It may be made with more.
  const isMore = !parts.isWhole && error.args.some(({ value }) => value.t !== 'const' && value.t !== 'text')
  if (own === undefined) return ofAll.test(name) || isMore ? null : notDefined
  return own === null ? null : constant(own)
}

/** What a library's own question whether an error is one of its own comes to; null where that is not known. */
export function askedOfNodeError(
  asked: string,
  value: Value | undefined,
  isKnown: (value: Value) => boolean,
): Value | null {
  const asks = known.find((one) => one.asks?.test(asked) === true)
  if (!asks || !value) return null
  const parts = value.t === 'symbol' ? partsOf(value) : undefined
  if (parts) return constant(parts === asks)
  return isKnown(value) ? constant(false) : null
}
