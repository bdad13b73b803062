import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MeasureInput } from '@heavylift/core'
import { planted } from '../../demo/weak-shop/planted.ts'
import { WeakShop } from '../../demo/weak-shop/weak-shop.ts'
import { Keeper } from '../../faults/keeper.ts'
import { findWeaknesses } from '../../game-day/find-weaknesses.ts'
import type { Search } from '../../game-day/find-weaknesses.ts'
import { Bench } from '../../game-day/subject.ts'

const named = ({ kind, at }: { kind: string; at: string }) => `${kind} at ${at}`

/** `heavylift eval ready.weaknesses`: the demo shop with twelve kinds of weaknesses planted, and its mended twin, searched in the same way. */
export async function runWeaknessesEval({ report, signal }: MeasureInput) {
  // Beside each other: each has processes and a watchdog of its own, and most of the time is waiting.
  const [weak, mended] = await Promise.all([search(false, report, signal), search(true, report, signal)])
  const truth = new Set(planted.map(named))
  const found = new Set(weak.findings.map(named))
  const missed = planted.filter((one) => !found.has(named(one)))
  const falseOnWeak = weak.findings.filter((one) => !truth.has(named(one)))
  const kinds = new Set(planted.map(({ kind }) => kind))
  return {
    n: weak.made + mended.made,
    metrics: {
      planted: kinds.size,
      found: [...kinds].filter((kind) => !missed.some((one) => one.kind === kind)).length,
      places: planted.length,
      placesFound: planted.length - missed.length,
      falseAlarms: mended.findings.length,
      falseAlarmsOnWeak: falseOnWeak.length,
    },
    failures: [
      ...missed.map((one) => `missed: ${named(one)}`),
      ...mended.findings.map((one) => `false alarm on the mended twin: ${named(one)}: ${one.evidence}`),
      ...falseOnWeak.map((one) => `not planted: ${named(one)}: ${one.evidence}`),
      ...weak.left,
      ...mended.left,
    ],
    notes: weak.findings.map((one) => `${named(one)}: ${one.evidence}`),
  }
}

async function search(
  isMended: boolean,
  report: MeasureInput['report'],
  signal: AbortSignal,
): Promise<Search> {
  const folder = await mkdtemp(join(tmpdir(), 'ready-weaknesses-'))
  const keeper = await Keeper.start(folder)
  const shop = await WeakShop.start(keeper, isMended).catch(async (error: unknown) => {
    await keeper.close()
    throw error
  })
  try {
    const bench = new Bench(shop.subject, keeper, signal, () => undefined)
    return await findWeaknesses(bench, (at) =>
      report({ ...at, stage: `${isMended ? 'mended' : 'weak'}: ${at.stage}` }),
    )
  } finally {
    await shop.stop()
    await keeper.close()
    await rm(folder, { recursive: true, force: true })
  }
}
