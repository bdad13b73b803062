import type { Expr } from '../parse/ir.ts'
import type { Scope } from './values.ts'
import { isSame, union } from './values.ts'
import type { Value } from './values.ts'

type UnionValue = Extract<Value, { t: 'union' }>

/** What a name may still be where a test holds, and where it does not. */
export interface Narrowed {
  name: string
  /** Null where none remains. */
  whenTrue: Value | null
  whenFalse: Value | null
}

/** Calls that only look: asked once for each value they change nothing. */
const looks = /^(?:Is|As|isinstance|isAxiosError|isHttpError|equals|isPresent|isEmpty|isNone|getClass|type)$/

/** Names that a test asks about, at most three, in order; none where it may change something. */
function askedNames(e: Expr): string[] | null {
  const found: string[] = []
  const visit = (one: Expr): boolean => {
    switch (one.k) {
      case 'name':
        if (!found.includes(one.name)) found.push(one.name)
        return true
      case 'member':
        return visit(one.of)
      case 'index':
        return visit(one.of) && visit(one.at)
      case 'unary':
        return visit(one.of)
      case 'binary':
        return visit(one.left) && visit(one.right)
      case 'call': {
        const name =
          one.callee.k === 'member' ? one.callee.name : one.callee.k === 'name' ? one.callee.name : ''
        return (
          looks.test(name) &&
          (one.callee.k !== 'member' || visit(one.callee.of)) &&
          one.args.every(({ value }) => visit(value))
        )
      }
      case 'array':
        return one.items.every(visit)
      case 'str':
      case 'num':
      case 'bool':
      case 'null':
      case 'regex':
        return true
      default:
        return false
    }
  }
  return visit(e) && found.length <= 6 ? found : null
}

/**
 * Asks a test of each value that a name of it may have (an error that is one of three, a thing or nothing) and says which remain on either
 * side. `known` runs the test with the name standing for one value and leaves no trace. Null where nothing is told apart.
 */
export function narrowed(
  test: Expr,
  scope: Scope,
  known: (name: string, value: Value) => boolean | null,
): Narrowed | null {
  for (const name of askedNames(test) ?? []) {
    const value = scope.get(name)
    if (value?.t !== 'union') continue
    const truths = value.of.map((one) => known(name, one))
    if (truths.every((one) => one === null)) continue
    return {
      name,
      whenTrue: remaining(value, (index) => truths[index] !== false),
      whenFalse: remaining(value, (index) => truths[index] !== true),
    }
  }
  return null
}

// When each of them comes stays known.
function remaining({ of, when, ways }: UnionValue, isLeft: (index: number) => boolean): Value | null {
  const left = of.filter((_, index) => isLeft(index))
  const made = union(left)
  if (left.length === 0) return null
  return made.t === 'union'
    ? {
        ...made,
        ...(when ? { when: when.filter((_, index) => isLeft(index)) } : {}),
        ...(ways ? { ways: ways.filter(({ value }) => left.some((one) => isSame(one, value))) } : {}),
      }
    : made
}

/** Lets a name stand for what remains, if anything does. */
export function declareNarrowed(scope: Scope, name: string, value: Value | null): void {
  if (value) scope.declare(name, value)
}
