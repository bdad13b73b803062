import { thrown } from '../packs/meaning.ts'
import type { Effect } from '../resolve/values.ts'

/** What a framework's own call throws (`ctx.throw` of Koa) and the function that it is called in does not take is answered as it says. */
export function leaveAsAnswers(effects: Effect[], begin: number): void {
  for (const [at, effect] of effects.entries()) {
    const says = at >= begin && effect.kind === 'raise' ? thrown.get(effect.value) : undefined
    if (says)
      effects[at] = { ...effect, kind: 'answer-error', status: says.status, note: { message: says.message } }
  }
}
