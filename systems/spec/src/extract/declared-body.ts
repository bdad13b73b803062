import type { TypeRef } from '../parse/ir.ts'
import { typeBelow } from '../resolve/type-arguments.ts'
import type { FuncValue, Scope, Value } from '../resolve/values.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Answer } from './observation.ts'
import type { Run } from './run-code.ts'

/** What frameworks take an answer's body out of, and what stands for several. */
const wrappers =
  /(?:^|\.)(?:\w*ResponseEntity|HttpEntity|RestResponse|HttpResponse|MutableHttpResponse|Mono|Uni|Single|Maybe|Optional|Callable|DeferredResult|CompletableFuture|CompletionStage)$/
const several = /(?:^|\.)(?:List|Set|Collection|Iterable|Stream|Flux|Multi|Publisher)$/
/** Types that say less of a body than what is given does, and parameters of types. */
const vague =
  /(?:^|\.)(?:Object|Response|StreamingOutput|StreamingResponseBody|\w*Map|String|\w*Json\w*|ModelAndView|void|Void|union|[\d_]|[A-Z][A-Z\d_]{0,9})$|^[?]|^$|^[a-z]+$/

/** Answers of a method of Java that go well, with the body that its type says: what its code gives may be of any class below. */
export function withDeclaredBody(run: Run, operation: FoundOperation, answers: Answer[]): Answer[] {
  const { fn, pack } = operation
  if (pack.language !== 'java' || !fn?.fn.returns) return answers
  const { lookup } = run.interpreter
  // A class of the repository with such a name is a body itself, unless it is one of those too.
  const isWrapper = ({ name }: TypeRef) => {
    if (!wrappers.test(name)) return false
    const own = lookup.typeTarget(name, fn.scope)
    return (
      !own ||
      typeof own === 'string' ||
      lookup
        .ancestry(own)
        .slice(1)
        .some((base) => wrappers.test(base))
    )
  }
  const [returns, scope] = returnsOf(run, fn, fn.fn.returns)
  const type = bodyType(returns, isWrapper)
  if (!type) return answers
  const body: Value = run.interpreter.lookup.instanceOf(type, scope, 'body')
  return answers.map((one) => (one.body !== null && one.status < 300 ? { ...one, body } : one))
}

// A method of a class above says what the parameters of that one stand for here.
function returnsOf(
  { interpreter }: Run,
  { fn, module, scope, owner }: FuncValue,
  type: TypeRef,
): [TypeRef, Scope] {
  const chain = owner ? [owner] : []
  for (let at = 0; at < chain.length && at < 12; at++)
    for (const one of chain.slice(at, at + 1)) chain.push(...interpreter.lookup.basesOf(one))
  const above = chain.find(
    (one) => one.module === module && one.cls.start <= fn.start && fn.end <= one.cls.end,
  )
  const below = owner && above ? typeBelow(interpreter.lookup, type, above, owner) : null
  return owner && below ? [below, owner.scope] : [type, scope]
}

function bodyType(type: TypeRef, isWrapper: (type: TypeRef) => boolean): TypeRef | null {
  const [first] = type.args
  if (isWrapper(type)) return first ? bodyType(first, isWrapper) : null
  if (type.name === '[]' || several.test(type.name)) {
    const item = first ? bodyType(first, isWrapper) : null
    return item && { ...type, name: '[]', args: [item] }
  }
  return vague.test(type.name) ? null : type
}
