import { STATUS_CODES } from 'node:http'
import type { Value } from './values.ts'

const refusing = Object.entries(STATUS_CODES).flatMap(([code, name = '']) =>
  Number(code) >= 400 ? [name.replaceAll(/[^a-z]/gi, '')] : [],
)

/**
 * What a package of errors outside makes by the name of a status, with what is added to it: `errors.NotFound("gone").WithStack()` of go-kratos, go-micro and
 * their like. Such an error keeps the status, in its package's type of errors.
 */
const madeForStatus = new RegExp(
  String.raw`^([\w./-]*\w\.\w[\w./-]*/\w*errors?)\.(?:${[...refusing, 'InternalServer'].join('|')})\(\)(?:\.With\w+\(\))*$`,
)

const madeBy = (value: Value): string | null =>
  value.t === 'symbol' ? (madeForStatus.exec(value.path)?.[1] ?? null) : null

/** Whether a value of Go is an error that is made by the name of a status. */
export const isMadeForStatus = (value: Value): boolean => madeBy(value) !== null

/** Whether such an error is asked for by the type of errors of the package that makes it. */
export function isOfStatusType(value: Value, type: Value): boolean {
  const by = madeBy(value)
  return by !== null && type.t === 'symbol' && type.path === `${by}.Error`
}
