import type { CallRule, Pack } from './pack.ts'

/** SQLAlchemy, "Query.one", "Result.scalar_one": no row is an error, which a program may answer in one place for all. */
const oneRow: CallRule = {
  does: 'raise',
  status: { arg: 99 },
  error: 'sqlalchemy.exc.NoResultFound',
  isNamed: true,
}

export const sqlalchemyCalls: Record<string, CallRule> = { one: oneRow, scalar_one: oneRow }

/** The error has two names. */
export const sqlalchemyErrors: NonNullable<Pack['errorBases']> = [
  {
    of: /^sqlalchemy\.exc\.NoResultFound$/,
    bases: [
      'sqlalchemy.orm.exc.NoResultFound',
      'sqlalchemy.exc.InvalidRequestError',
      'sqlalchemy.exc.SQLAlchemyError',
    ],
  },
]
