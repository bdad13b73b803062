import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MeasureInput } from '@heavylift/core'
import { z } from 'zod'
import { planted } from '../../demo/weak-shop/planted.ts'
import { WeakShop } from '../../demo/weak-shop/weak-shop.ts'
import { Keeper } from '../../faults/keeper.ts'
import { readGameDay } from '../../game-day/definition.ts'
import { findWeaknesses } from '../../game-day/find-weaknesses.ts'
import type { Search } from '../../game-day/find-weaknesses.ts'
import { subjectOf } from '../../game-day/subject-of.ts'
import { Bench } from '../../game-day/subject.ts'

const named = ({ kind, at }: { kind: string; at: string }) => `${kind} at ${at}`

/**
 * `heavylift eval ready.weaknesses`: the demo shop with twelve kinds of weaknesses planted, and its mended twin, searched in the same way. With
 * `--day` a service of your own that runs already, beside `--planted` (JSON: `[{ kind, at }]`).
 */
export async function runWeaknessesEval(input: MeasureInput) {
  const { report, signal, options } = input
  if (typeof options?.['day'] === 'string') return judgeOther(options['day'], options['planted'], input)
  // Beside each other: each has processes and a watchdog of its own, and most of the time is waiting.
  const [weak, mended] = await Promise.all([search(false, report, signal), search(true, report, signal)])
  // What was not looked for was not missed.
  signal.throwIfAborted()
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

async function judgeOther(
  file: string,
  plantedFile: string | boolean | undefined,
  { report, signal }: MeasureInput,
) {
  const definition = readGameDay(await readFile(file, 'utf8'))
  const wanted =
    typeof plantedFile === 'string'
      ? z
          .array(z.object({ kind: z.string(), at: z.string() }))
          .parse(JSON.parse(await readFile(plantedFile, 'utf8')))
      : []
  const { findings, made, left } = await inKeeper(async (keeper) => {
    const subject = await subjectOf(definition, keeper, { token: null, ask: () => Promise.resolve(null) })
    return findWeaknesses(new Bench(subject, keeper, signal, () => undefined), report)
  })
  signal.throwIfAborted()
  const truth = new Set(wanted.map(named))
  const found = new Set(findings.map(named))
  const strangers = findings.filter((one) => !truth.has(named(one)))
  return {
    n: made,
    metrics: {
      planted: wanted.length,
      found: wanted.filter((one) => found.has(named(one))).length,
      falseAlarms: strangers.length,
    },
    failures: [
      ...wanted.filter((one) => !found.has(named(one))).map((one) => `missed: ${named(one)}`),
      ...strangers.map((one) => `not planted: ${named(one)}: ${one.evidence}`),
      ...left,
    ],
    notes: findings.map((one) => `${named(one)}: ${one.evidence}`),
  }
}

function search(isMended: boolean, report: MeasureInput['report'], signal: AbortSignal): Promise<Search> {
  return inKeeper(async (keeper) => {
    const shop = await WeakShop.start(keeper, isMended)
    try {
      const bench = new Bench(shop.subject, keeper, signal, () => undefined)
      return await findWeaknesses(bench, (at) =>
        report({ ...at, stage: `${isMended ? 'mended' : 'weak'}: ${at.stage}` }),
      )
    } finally {
      await shop.stop()
    }
  })
}

async function inKeeper<T>(work: (keeper: Keeper) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'ready-weaknesses-'))
  const keeper = await Keeper.start(folder)
  try {
    return await work(keeper)
  } finally {
    await keeper.close()
    await rm(folder, { recursive: true, force: true })
  }
}
