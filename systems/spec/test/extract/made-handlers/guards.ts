import { madeHandlers } from './make.ts'
import { inputs, pathOf, texts } from './steps.ts'
import type { MadeGuard, MadeHandler } from './steps.ts'

/** Statuses that only guards answer. */
const statuses = [...Array(19).keys()].map((at) => 432 + at).filter((one) => one !== 451)

/** The same handlers behind guards of the program, the group or their route, for the same seed. */
export function guarded(handlers: readonly MadeHandler[], seed: number, share = 0, own = 0): MadeHandler[] {
  let state = (seed * 1_597_334_677) % 2 ** 32
  const random = () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
  const grouped = handlers.map((one) => ({ ...one, isGrouped: random() < 0.4 }))
  const bodies = madeHandlers(8, seed + 1, share, own, statuses, 2)
  const guards = bodies.map(({ steps }, at): MadeGuard => {
    const where = at < 2 ? 'all' : at < 4 ? 'group' : 'route'
    return {
      name: `guard${at}`,
      where,
      steps: random() < 0.8 ? steps : [],
      ofHeader: random() < 0.5,
      passes: where === 'all' ? grouped.filter(() => random() < 0.15).map(pathOf) : [],
      mark: random() < 0.6 ? { name: `level${at}`, subject: pick(inputs), text: pick(texts) } : null,
    }
  })
  return grouped.map((handler) => {
    const own_ = guards.filter(
      ({ where }) =>
        where === 'all' || (where === 'group' && handler.isGrouped) || (where === 'route' && random() < 0.25),
    )
    const marks = own_.flatMap(({ mark, passes }) =>
      mark && !passes.includes(pathOf(handler)) ? [mark.name] : [],
    )
    const steps = [...handler.steps]
    if (marks.length > 0 && random() < 0.7)
      steps.splice(Math.floor(random() * 2), 0, {
        k: 'if',
        test: { k: 'marked', name: pick(marks), isHigh: random() < 0.5 },
        body: [{ k: 'answer', status: 451 }],
        otherwise: [],
      })
    return { ...handler, steps, guards: own_ }
  })
}
