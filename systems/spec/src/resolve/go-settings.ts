import { posix } from 'node:path'
import type { Module, Span } from '../parse/ir.ts'

/** A name that is given another value, maybe of a package, or whose place is handed on (`flag.BoolVar(&Debug, …)`). */
const assignment = /(?<![\w.])(?:(\w+)\.)?([A-Za-z_]\w*)\s*=(?!=)|&(?:(\w+)\.)?([A-Za-z_]\w*)/g

/** Which variables of Go's packages code gives another value: what they begin with is not what they hold while the program runs. */
export class GoSettings {
  readonly #modules: readonly Module[]
  #set: Map<string, { module: Module; of: string | undefined; at: number }[]> | null = null

  constructor(modules: readonly Module[]) {
    this.#modules = modules
  }

  /** Whether anything but its own declaration sets the variable. */
  isSet(name: string, module: Module, declaration: Span): boolean {
    const folder = posix.dirname(module.path)
    return (this.#find().get(name) ?? []).some((one) =>
      one.of === undefined
        ? posix.dirname(one.module.path) === folder &&
          !(one.module === module && declaration.start <= one.at && one.at < declaration.end)
        : one.of === module.package || one.of === posix.basename(folder),
    )
  }

  #find() {
    if (this.#set) return this.#set
    this.#set = new Map()
    for (const module of this.#modules)
      for (const match of module.text.matchAll(assignment)) {
        const name = match[2] ?? match[4] ?? ''
        const known = this.#set.get(name)
        const one = { module, of: match[1] ?? match[3], at: match.index }
        if (known) known.push(one)
        else this.#set.set(name, [one])
      }
    return this.#set
  }
}
