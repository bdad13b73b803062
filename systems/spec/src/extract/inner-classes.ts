import type { Class, Func, Module, Span } from '../parse/ir.ts'

/** A class that stands in a function or in a value. */
export type InnerClass = Pick<Class, 'name' | 'members'> & Span

const known = new WeakMap<Module, readonly InnerClass[]>()

/** Classes of a file that are made in functions and values, the outermost first: its own classes and theirs are none. */
export function innerClasses(module: Module): readonly InnerClass[] {
  let found = known.get(module)
  if (!found) {
    const own = new Set<object>(
      module.body.flatMap((stmt) =>
        stmt.k === 'class'
          ? [stmt.cls, ...stmt.cls.inner]
          : stmt.k === 'let' && stmt.value?.k === 'class'
            ? [stmt.value.cls]
            : [],
      ),
    )
    const all: InnerClass[] = []
    const walk = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(walk)
      else if (typeof value === 'object' && value !== null) {
        if (isClass(value) && !own.has(value)) all.push(value)
        Object.values(value).forEach(walk)
      }
    }
    walk(module.body)
    known.set(module, (found = all))
  }
  return found
}

const isClass = (value: object): value is Class => 'members' in value && 'bases' in value

/** Methods of classes that are made in a span, where they are seen to run: these count for who runs them. */
export const innerMethods = (module: Module, { start, end }: Span, ran: ReadonlySet<Func>): Func[] =>
  innerClasses(module)
    .filter((cls) => start <= cls.start && cls.end <= end)
    .flatMap(({ members }) => members.filter((one) => ran.has(one) && start < one.start))
