import type { Module } from '../parse/ir.ts'
import type { Value } from './values.ts'

/** Names and what they stand for, from the inside out. The outermost finds what a module has by `lookUp`. */
export class Scope {
  readonly parent: Scope | null
  readonly module: Module
  readonly #names = new Map<string, Value>()
  #lookUp: ((name: string) => Value | null) | null

  constructor(module: Module, parent: Scope | null, lookUp: ((name: string) => Value | null) | null = null) {
    this.module = module
    this.parent = parent
    this.#lookUp = lookUp
  }

  get(name: string): Value | null {
    const own = this.#names.get(name)
    if (own) return own
    const found = this.#lookUp?.(name) ?? null
    return found ?? this.parent?.get(name) ?? null
  }

  /** Asked after its own names and before those around it. */
  setFallback(lookUp: (name: string) => Value | null): void {
    this.#lookUp = lookUp
  }

  /** Whether it is declared here or around. */
  knows(name: string): boolean {
    return this.#names.has(name) || (this.parent?.knows(name) ?? false)
  }

  has(name: string): boolean {
    return this.#names.has(name)
  }

  declare(name: string, value: Value): void {
    this.#names.set(name, value)
  }

  /** Sets it where it is declared, else here. */
  set(name: string, value: Value): void {
    if (this.#names.has(name) || !this.parent?.knows(name)) this.#names.set(name, value)
    else this.parent.set(name, value)
  }

  names(): IterableIterator<[string, Value]> {
    return this.#names.entries()
  }
}
