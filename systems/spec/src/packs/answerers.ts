import type { FuncValue, SymbolValue, Value } from '../resolve/values.ts'

/** Functions of the program that answer who is refused by code outside (`@auth.error_handler`), by what decorates them. */
export class Answerers {
  readonly #all: { by: string; holder: SymbolValue | null; fn: FuncValue }[] = []

  add(by: string, decorator: Value, fn: FuncValue): void {
    this.#all.push({ by, holder: holderOf(decorator), fn })
  }

  /** Which answers who a value refuses: that of the same thing, where things of its class have their own. */
  of(by: string, value: Value): FuncValue | null {
    const all = this.#all.filter((one) => one.by === by)
    const holder = holderOf(value)
    const [first] = holder ? holder.path.split('.') : []
    const alike = holder ? all.filter((one) => one.holder?.path.split('.')[0] === first) : []
    if (alike.length === 0) return all.at(-1)?.fn ?? null
    return alike.findLast((one) => one.holder && isSame(one.holder, holder))?.fn ?? null
  }
}

// What a method is asked of: `auth` of `auth.login_required(role='…')`.
function holderOf(value: Value): SymbolValue | null {
  // What a function alone gives is no method of anything.
  let one: Value | null = value.t === 'symbol' && isMade.test(value.path) ? null : value
  while (one?.t === 'symbol' && !isMade.test(one.path)) one = one.of
  return one?.t === 'symbol' && one.site ? one : null
}
const isMade = /^[^()]+\(\)$/

const isSame = (one: SymbolValue, other: SymbolValue | null): boolean =>
  one === other ||
  (other !== null &&
    one.path === other.path &&
    one.site?.start === other.site?.start &&
    one.site?.module === other.site?.module)
