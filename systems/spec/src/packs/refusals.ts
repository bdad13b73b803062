import type { Interpreter } from '../resolve/interpreter.ts'
import { symbol } from '../resolve/values.ts'
import type { ArgValue, Site, SymbolValue, Value } from '../resolve/values.ts'
import { strategyCredentials } from './credentials.ts'
import type { Pack, Refusal } from './pack.ts'

/** A refusal of code from outside. `isOff`: its options keep it from refusing; `isOptional`: those who show nothing are let through. */
export type KnownRefusal = Refusal & { isOff: boolean; isOptional: boolean }

/** What is known of middleware or a decorator from outside that may refuse; empty where nothing is. */
export function knownRefusals(value: Value, pack: Pack): KnownRefusal[] {
  if (value.t !== 'symbol') return []
  const has = (one: Refusal['unless']) =>
    one !== undefined &&
    (hasOption(value.args, one) || (value.of?.t === 'symbol' && hasOption(value.of.args, one)))
  return (pack.refuses ?? [])
    .filter(({ of }) => of.test(value.path))
    .map((one) => ({
      ...one,
      isOff: has(one.unless),
      isOptional: (one.unless?.is !== undefined && has(one.unless)) || has(one.mayLack),
    }))
}

/** Middleware from outside that code calls by itself refuses there: `passport.authenticate('jwt')(req, res, next)`. */
export function refuseByCall(
  interpreter: Interpreter,
  packs: readonly Pack[],
  callee: SymbolValue,
  site: Site,
): void {
  for (const pack of packs) {
    if (pack.language !== site.module.language) continue
    for (const { status, raises, asks, isOff, isOptional } of knownRefusals(callee, pack)) {
      if (asks && !isOptional)
        interpreter.emit('sign-in', callee, null, site, {
          credentials: asks === 'strategies' ? strategyCredentials(callee, interpreter.project) : asks,
        })
      if (isOff) continue
      if (raises === undefined) interpreter.emit('answer-error', callee, status, site, { isFramework: true })
      else interpreter.raise(symbol(`${raises}()`, raises), site)
    }
  }
}

/** Whether a call was given an option, of one value or of any. */
export const hasOption = (args: readonly ArgValue[], { option, is }: { option: string; is?: boolean }) =>
  args.some(({ name, value }) => {
    const given = name === option ? value : value.t === 'object' ? value.props.get(option) : undefined
    return is === undefined ? given !== undefined : given?.t === 'const' && given.v === is
  })
