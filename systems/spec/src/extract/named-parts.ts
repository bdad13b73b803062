import type { Interpreter } from '../resolve/interpreter.ts'
import { each, symbol, textOf, union } from '../resolve/values.ts'
import type { ArgValue, FuncValue, Site, SymbolValue, Value } from '../resolve/values.ts'

/** What a container of sarulabs/di (pkg.go.dev/github.com/sarulabs/di) is told and asked by names. */
const container = /^github\.com\/sarulabs\/di(?:\/v\d+)?\..*\.(Add|Get|SafeGet|UnscopedGet|UnscopedSafeGet)$/
/** Steps for what makes one part. */
const stepsOfPart = 100_000

/** Containers of Go that know parts by their names: `builder.Add(di.Def{Name: "berths", Build: …})`, and `container.Get("berths")` gives what that makes. */
export class NamedParts {
  readonly #interpreter: Interpreter
  readonly #makers = new Map<string, FuncValue>()
  readonly #made = new Map<FuncValue, Value>()

  constructor(interpreter: Interpreter) {
    this.#interpreter = interpreter
  }

  /** Notes how parts are made, and gives the one that is asked for. */
  call(callee: Value, args: ArgValue[], site: Site): Value | null {
    const does = callee.t === 'symbol' ? container.exec(callee.path)?.[1] : undefined
    if (does === undefined || callee.t !== 'symbol') return null
    if (does === 'Add') {
      for (const { value } of args)
        for (const one of value.t === 'list' ? value.items : [value]) this.#add(one)
      return null
    }
    const name = textOf(args[0]?.value)
    const maker = name === null ? undefined : this.#makers.get(name)
    if (!maker) return null
    const made = this.#of(maker, callee, site)
    return does.endsWith('SafeGet')
      ? { t: 'list', items: [made, symbol('?', `${callee.text}("${name}") failed`)], isOpen: false }
      : made
  }

  #add(value: Value): void {
    if (value.t !== 'symbol') return
    const given = (name: string) => value.args.find((one) => one.name === name)?.value
    const [name, build] = [textOf(given('Name')), given('Build')]
    if (name !== null && build?.t === 'func') this.#makers.set(name, build)
  }

  // Made once; in a circle nothing is known of it.
  #of(maker: FuncValue, { of }: SymbolValue, site: Site): Value {
    const known = this.#made.get(maker)
    if (known) return known
    this.#made.set(maker, symbol('?'))
    const { budget } = this.#interpreter
    this.#interpreter.budget = stepsOfPart
    const made = this.#interpreter.call(maker, of ? [{ name: null, value: of }] : [], site)
    this.#interpreter.budget = budget
    // Beside an error there is none.
    const parts = each(made).flatMap((one) => (one.t === 'list' ? one.items.slice(0, 1) : [one]))
    const part = union(parts.filter((one) => one.t !== 'const' || one.v !== null))
    this.#made.set(maker, part)
    return part
  }
}
