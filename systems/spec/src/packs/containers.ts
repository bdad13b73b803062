import { each, printValue, symbol } from '../resolve/values.ts'
import type { ArgValue, ClassRef, SymbolValue, Value } from '../resolve/values.ts'
import { optionOf } from './options.ts'

const asks =
  /^(?:tsyringe\.container(?:\.createChildContainer\(\))?\.resolve|tsyringe\.DependencyContainer\(\)\.resolve|typedi\.(?:default|Container)(?:\.of\(\))?\.get|typedi\.get|inversify\.Container\(\)\.(?:get|resolve))$/
const binds =
  /^(?:tsyringe\.container(?:\.createChildContainer\(\))?\.register(?:Singleton|Type|Instance)?|typedi\.(?:default|Container)(?:\.of\(\))?\.set)$/
const bindsLater =
  /^inversify\.Container\(\)\.(?:re)?bind\(\)\.(?:to|toSelf|toConstantValue|toDynamicValue|toService)$/

const contained = 'container:'
/** What is asked of such an instance while a program is set up is no matter of its routes: following all of it would leave no steps for them. */
export const isContained = (value: Value | null): boolean =>
  value?.t === 'symbol' && value.path.startsWith(contained)

/** Containers of dependencies: what they are asked for is an instance of the class, or of what was bound to the token (tsyringe, typedi, InversifyJS: README). */
export class Containers {
  readonly #bound = new Map<string, Value>()

  call(callee: SymbolValue, args: readonly ArgValue[]): Value | null {
    const [first, second] = args.map(({ value }) => value)
    if (first && binds.test(callee.path)) {
      const given = second && (optionOf(second, 'useClass') ?? optionOf(second, 'useValue') ?? second)
      if (given) this.#bound.set(keyOf(first), given)
      return null
    }
    if (bindsLater.test(callee.path)) {
      const [token] = callee.of?.t === 'symbol' ? callee.of.args : []
      if (token && first) this.#bound.set(keyOf(token.value), first)
      return null
    }
    if (!first || !asks.test(callee.path)) return null
    const bound = this.#bound.get(keyOf(first)) ?? first
    const [only, ...others] = each(bound)
    if (others.length > 0 || !only) return null
    if (only.t === 'class') return instanceOf(only.ref)
    return bound !== first && (only.t === 'object' || only.t === 'func') ? only : null
  }
}

function instanceOf(ref: ClassRef): Value {
  const { name } = ref.cls
  return symbol(`${contained}${name}()`, `${name.charAt(0).toLowerCase()}${name.slice(1)}`, {
    ref,
    isThere: true,
  })
}

const keyOf = (token: Value): string =>
  token.t === 'class' ? `${token.ref.module.path} ${token.ref.cls.name}` : printValue(token)
