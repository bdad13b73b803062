import { celFunc, CelScalar, celUint, isCelUint, listType } from '@bufbuild/cel'
import type { CelFunc, CelValue } from '@bufbuild/cel'
import { textFunctions } from './text-functions.ts'

const { INT, UINT, DOUBLE, DYN, BOOL, STRING, BYTES } = CelScalar

/**
 * JSON does not tell 9 from 9.0, so that the same field is an int in one run and a double in the next. Between the two, `+ - * /`
 * work as in JSON: the result is a double. CEL leaves overloads to the host (cel-spec, langdef, "Functions").
 */
export const mixedNumbers: CelFunc[] = [
  { name: '_+_', of: (a: number, b: number) => a + b },
  { name: '_-_', of: (a: number, b: number) => a - b },
  { name: '_*_', of: (a: number, b: number) => a * b },
  { name: '_/_', of: (a: number, b: number) => a / b },
].flatMap(({ name, of }) => [
  celFunc(name, [INT, DOUBLE], DOUBLE, (a, b) => of(Number(a), b)),
  celFunc(name, [DOUBLE, INT], DOUBLE, (a, b) => of(a, Number(b))),
])

const numeric = (value: CelValue): number | bigint => {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  if (isCelUint(value)) return value.value
  throw new Error('math functions take numbers')
}

function extreme(values: readonly CelValue[], takes: (candidate: number, best: number) => boolean): CelValue {
  let best: CelValue | undefined
  for (const value of values)
    if (best === undefined || takes(Number(numeric(value)), Number(numeric(best)))) best = value
  if (best === undefined) throw new Error('an empty list has no greatest or least number')
  numeric(best)
  return best
}

const greatest = (values: readonly CelValue[]): CelValue => extreme(values, (a, b) => a > b)
const least = (values: readonly CelValue[]): CelValue => extreme(values, (a, b) => a < b)

/** The `math` extension of cel-go for numbers and `base64` of its `encoders` extension. `greatest` and `least` take one to eight numbers, or a list. */
export const extensions: CelFunc[] = [
  ...textFunctions,
  ...[
    { name: 'math.greatest', of: greatest },
    { name: 'math.least', of: least },
  ].flatMap(({ name, of }) => [
    celFunc(name, [listType(DYN)], DYN, (list) => of([...list])),
    celFunc(name, [DYN], DYN, (one) => of([one])),
    ...Array.from({ length: 7 }, (_, at) =>
      celFunc(
        name,
        Array.from({ length: at + 2 }, () => DYN),
        DYN,
        (...all: CelValue[]) => of(all),
      ),
    ),
  ]),
  celFunc('math.ceil', [DOUBLE], DOUBLE, (x) => Math.ceil(x)),
  celFunc('math.floor', [DOUBLE], DOUBLE, (x) => Math.floor(x)),
  // Half away from zero, which Math.round is not for negative numbers.
  celFunc('math.round', [DOUBLE], DOUBLE, (x) =>
    Number.isFinite(x) ? Math.sign(x) * Math.round(Math.abs(x)) : x,
  ),
  celFunc('math.trunc', [DOUBLE], DOUBLE, (x) => Math.trunc(x)),
  celFunc('math.abs', [DOUBLE], DOUBLE, (x) => Math.abs(x)),
  celFunc('math.abs', [INT], INT, (x) => inInt64(x < 0n ? -x : x)),
  celFunc('math.abs', [UINT], UINT, (x) => x),
  celFunc('math.sign', [DOUBLE], DOUBLE, (x) => Math.sign(x)),
  celFunc('math.sign', [INT], INT, (x) => (x > 0n ? 1n : x < 0n ? -1n : 0n)),
  celFunc('math.sign', [UINT], UINT, (x) => celUint(x.value > 0n ? 1n : 0n)),
  ...bitwise('math.bitAnd', (a, b) => a & b),
  ...bitwise('math.bitOr', (a, b) => a | b),
  ...bitwise('math.bitXor', (a, b) => a ^ b),
  celFunc('math.bitNot', [INT], INT, (x) => ~x),
  celFunc('math.bitNot', [UINT], UINT, (x) => celUint(BigInt.asUintN(64, ~x.value))),
  ...shift('math.bitShiftLeft', (x, by) => x << by),
  ...shift('math.bitShiftRight', (x, by) => x >> by),
  celFunc('math.isNaN', [DOUBLE], BOOL, (x) => Number.isNaN(x)),
  celFunc('math.isInf', [DOUBLE], BOOL, (x) => x === Infinity || x === -Infinity),
  celFunc('math.isFinite', [DOUBLE], BOOL, (x) => Number.isFinite(x)),
  celFunc('base64.encode', [BYTES], STRING, (bytes) => Buffer.from(bytes).toString('base64')),
  celFunc('base64.decode', [STRING], BYTES, (text) => new Uint8Array(Buffer.from(text, 'base64'))),
]

function bitwise(name: string, of: (a: bigint, b: bigint) => bigint): CelFunc[] {
  return [
    celFunc(name, [INT, INT], INT, of),
    celFunc(name, [UINT, UINT], UINT, (a, b) => celUint(of(a.value, b.value))),
  ]
}

/** On 64 bits; to the right, zeros come in (cel-go's `math` extension). */
function shift(name: string, of: (x: bigint, by: bigint) => bigint): CelFunc[] {
  const shifted = (x: bigint, by: bigint): bigint => {
    if (by < 0n) throw new Error('a shift is by a number that is not negative')
    return by > 63n ? 0n : BigInt.asUintN(64, of(BigInt.asUintN(64, x), by))
  }
  return [
    celFunc(name, [INT, INT], INT, (x, by) => BigInt.asIntN(64, shifted(x, by))),
    celFunc(name, [UINT, INT], UINT, (x, by) => celUint(shifted(x.value, by))),
  ]
}

function inInt64(value: bigint): bigint {
  if (BigInt.asIntN(64, value) !== value) throw new Error('integer overflow')
  return value
}
