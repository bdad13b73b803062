import type { Func, Module } from '../parse/ir.ts'
import type { Project } from './project.ts'
import type { FuncValue, Value } from './values.ts'

/** What was seen to be called while operations ran: which functions, and of which calls it is known whose code they run. */
export class OwnCalls {
  /** Functions that ran, or would have with more steps, since it was emptied. */
  reached = new Map<Func, FuncValue>()
  readonly #seen = new Map<Module, Map<number, boolean>>()
  readonly #called = new Map<Module, Map<number, Map<Func, Module>>>()
  #names: Set<string> | null = null

  /** Notes what the call that ends at `end` calls. */
  note(module: Module, end: number, callee: Value): void {
    const isOwn = callee.t === 'union' ? callee.of.some(isCode) : isCode(callee)
    // What is not known at all may be either.
    if (!isOwn && (callee.t !== 'symbol' || callee.path.startsWith('?'))) return
    // Of a thing of a class of the repository it may be a method of that class, which only another one has code for.
    if (!isOwn && callee.t === 'symbol' && callee.of?.t === 'symbol' && callee.of.ref) return
    let seen = this.#seen.get(module)
    if (!seen) this.#seen.set(module, (seen = new Map()))
    if (isOwn || !seen.has(end)) seen.set(end, isOwn)
    if (isOwn) this.#noteCode(module, end, callee)
  }

  #noteCode(module: Module, end: number, callee: Value): void {
    let calls = this.#called.get(module)
    if (!calls) this.#called.set(module, (calls = new Map()))
    let called = calls.get(end)
    if (!called) calls.set(end, (called = new Map()))
    for (const one of callee.t === 'union' ? callee.of : [callee])
      if (one.t === 'func') called.set(one.fn, one.module)
  }

  /** Functions that a call was seen to run. */
  calledBy(module: Module, end: number): { fn: Func; module: Module }[] {
    const called = this.#called.get(module)?.get(end)
    return called ? [...called].map(([fn, of]) => ({ fn, module: of })) : []
  }

  /** Whether a call runs the repository's own code; null where that was not seen. */
  isOwn(module: Module, end: number): boolean | null {
    return this.#seen.get(module)?.get(end) ?? null
  }

  /** Names of functions and methods that the repository has. */
  namesOf(project: Project): ReadonlySet<string> {
    if (this.#names) return this.#names
    this.#names = new Set()
    for (const { body } of project.modules.values())
      for (const stmt of body) {
        if (stmt.k === 'func') this.#names.add(stmt.fn.name)
        if (stmt.k === 'class') for (const { name } of stmt.cls.members) this.#names.add(name)
        if (stmt.k === 'let' && stmt.value?.k === 'func' && stmt.target.k === 'name')
          this.#names.add(stmt.target.name)
      }
    return this.#names
  }
}

const isCode = ({ t }: Value): boolean => t === 'func' || t === 'class'
