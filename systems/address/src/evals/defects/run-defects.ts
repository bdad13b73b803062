import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom, silentLogger, systemClock } from '@heavylift/core'
import type { Clock, MeasuredResult, MeasureInput } from '@heavylift/core'
import { openStore } from '@heavylift/store'
import { assumed, isDefective } from '../../../samples/deliveries.ts'
import { decide } from '../../decide/decide.ts'
import { defectOutcome, readDefects } from '../../decide/defects.ts'
import type { DefectTrial } from '../../decide/defects.ts'
import { observeCase } from '../../evidence/observe-case.ts'
import { committedModel } from '../../kind/model.ts'
import { makeCases } from '../../learn/made-cases.ts'
import { readCases } from '../kind/read-cases.ts'

const hourMs = 3_600_000
const trial: DefectTrial = { name: 'address-agent', arms: { off: 1, agent: 1 }, attributionMs: 24 * hourMs }
const tenantId = 'eval'

/**
 * First-time defects of deliveries with the agent against those without, by the ledger's experiment: each address has its arm, and its
 * delivery is simulated under the assumptions that the notes tell.
 */
export async function runDefects({
  dataDir,
  report,
  signal,
}: MeasureInput): Promise<Omit<MeasuredResult, 'name' | 'version' | 'seconds'>> {
  const cases = dataDir === null ? makeCases('address.defects', 4000) : readCases(dataDir).cases
  const dir = await mkdtemp(join(tmpdir(), 'heavylift-defects-'))
  let nowMs = systemClock.nowMs()
  const clock: Clock = { ...systemClock, nowMs: () => nowMs }
  const host = await openStore({ dataDir: dir, databaseUrl: null, log: silentLogger, clock })
  try {
    const { ledger } = host.forSystem('address')
    const random = createRandom('address.defects deliveries')
    let asked = 0
    for (const [at, one] of cases.entries()) {
      signal.throwIfAborted()
      if (at % 100 === 0) report({ stage: 'delivering', done: at, total: cases.length, unit: 'addresses' })
      const arm = await ledger.assign({ tenantId, ...trial }, one.id)
      const decision = arm === 'off' ? null : decide(committedModel(), await observeCase(one))
      if (decision !== null && decision.question !== null) asked++
      const value = isDefective(random, one, decision) ? 1 : 0
      await ledger.outcome({
        tenantId,
        subjectId: one.id,
        kind: defectOutcome,
        value,
        idempotencyKey: one.id,
        atMs: nowMs,
      })
    }
    nowMs += 2 * trial.attributionMs
    const { arms, reductionPct } = await readDefects(ledger, tenantId, trial)
    const [off, on] = arms
    return {
      n: cases.length,
      metrics: {
        defectReductionPct: reductionPct?.estimate ?? Number.NaN,
        defectRate: on?.rate.estimate ?? Number.NaN,
        askedRate: asked / Math.max(on?.deliveries ?? 0, 1),
      },
      baseline: { defectRate: off?.rate.estimate ?? Number.NaN },
      ...(reductionPct === null
        ? {}
        : { intervals: { defectReductionPct: [reductionPct.low, reductionPct.high] as [number, number] } }),
      notes: [
        `Simulated deliveries, not real ones. Assumed: ${Object.entries(assumed)
          .map(([name, share]) => `${name} ${share}`)
          .join(', ')} (systems/address/samples/deliveries.ts says what each is).`,
        'The reduction is what these assumptions make of the decisions; measure your own with address.baselineShare.',
      ],
    }
  } finally {
    await host.close()
    await rm(dir, { recursive: true, force: true })
  }
}
