import { annotationsOf } from '../../resolve/annotations.ts'
import type { Interpreter } from '../../resolve/interpreter.ts'
import type { ArgValue, ClassRef, Site, SymbolValue, Value } from '../../resolve/values.ts'
import type { Class } from '../../parse/ir.ts'

/** Buses that give back what the one handler of a class of commands or queries does (docs.nestjs.com, "CQRS"). Events have several, and nobody waits for them. */
const executes = /^@nestjs\/cqrs\.(Command|Query)Bus\(\)\.execute$/

const handlersBefore = new WeakMap<Interpreter, ReadonlyMap<string, ReadonlyMap<Class, ClassRef | null>>>()

/** What a bus of Nest's gives for what it is handed: what its handler does; null of any other call, and where several handle it. */
export function executed(
  interpreter: Interpreter,
  callee: SymbolValue,
  args: readonly ArgValue[],
  site: Site,
): Value | null {
  const [, kind] = executes.exec(callee.path) ?? []
  const [given] = args
  if (kind === undefined || given?.value.t !== 'object' || !given.value.ref) return null
  const handler = handlersOf(interpreter).get(kind)?.get(given.value.ref.cls)
  if (!handler) return null
  const type = { name: handler.cls.name, args: [], start: handler.cls.start, end: handler.cls.start }
  const self = interpreter.lookup.instanceOf(type, handler.scope, handler.cls.name)
  const method = interpreter.memberOf(self, 'execute', site)
  return method?.t === 'func' ? interpreter.call(method, [given], site) : null
}

// Classes that handle, by the class of what they handle.
function handlersOf(interpreter: Interpreter): ReadonlyMap<string, ReadonlyMap<Class, ClassRef | null>> {
  const known = handlersBefore.get(interpreter)
  if (known) return known
  const found = new Map<string, Map<Class, ClassRef | null>>()
  handlersBefore.set(interpreter, found)
  for (const ref of interpreter.lookup.classes()) {
    if (ref.module.language !== 'javascript' || ref.cls.decorators.length === 0) continue
    for (const { path, args } of annotationsOf(interpreter, ref.cls.decorators, ref.scope, ref)) {
      const [, kind] = /^@nestjs\/cqrs\.(Command|Query)Handler$/.exec(path) ?? []
      const of = args[0]?.value
      if (kind === undefined || of?.t !== 'class') continue
      const all = found.get(kind) ?? new Map<Class, ClassRef | null>()
      found.set(kind, all.set(of.ref.cls, all.has(of.ref.cls) ? null : ref))
    }
  }
  return found
}
