import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { simulationOf } from '../../samples/simulations.ts'
import type { Match } from '../../src/domain/match.ts'
import { insightKinds } from '../../src/insights/kinds.ts'
import { registrations } from '../../src/insights/registry.ts'
import { trainables } from '../../src/insights/trainables.ts'
import { graphicsDir } from '../../src/graphics/graphics-folder.ts'
import { weightsDir } from '../../src/learn/weights-dir.ts'
import type { WeightsFile } from '../../src/learn/weights-file.ts'

// A whole simulated match of each sport goes through every rule.
vi.setConfig({ testTimeout: 120_000 })

const known = new Set(insightKinds.map(({ kind }) => kind))

describe('the registries of insights agree', () => {
  test('each kind is said by one rule, each rule by one name, and each model has its training and weights [LIVE-LEARN-05]', () => {
    const said = registrations.flatMap(({ kinds }) => kinds)
    expect(said.toSorted()).toEqual([...known].toSorted())
    const names = registrations.map(({ rule }) => rule.name)
    expect(new Set(names).size).toBe(names.length)
    const models = new Set(registrations.flatMap((one) => one.models))
    expect([...models].toSorted()).toEqual(trainables.map(({ name }) => name).toSorted())
    for (const model of models) {
      expect(existsSync(join(weightsDir, `${model}.json`)), model).toBe(true)
      expect(existsSync(join(weightsDir, `${model}.report.md`)), model).toBe(true)
    }
  })

  test('a kind has a learned floor of its alerts, or says why it has none [LIVE-LEARN-06]', () => {
    for (const { kind, air } of insightKinds) {
      if ('noFloor' in air) {
        expect(air.noFloor, kind).toMatch(/\.$/)
        continue
      }
      const { models } = registrations.find(({ kinds }) => kinds.includes(kind))!
      expect(models, kind).toEqual(air.floorOf)
      for (const model of models) {
        const { floors, unseen } = JSON.parse(
          readFileSync(join(weightsDir, `${model}.json`), 'utf8'),
        ) as WeightsFile
        expect(floors?.folds, model).toHaveLength(unseen.length)
        // The report says which, and what its alerts came to.
        expect(readFileSync(join(weightsDir, `${model}.report.md`), 'utf8')).toMatch(
          floors!.all === null
            ? /Nothing of this goes on air/
            : `is ${floors!.all.toFixed(2)}: the lowest whose`,
        )
      }
    }
  })

  test('rules say only kinds that they are registered for, of sports that the kinds are for [LIVE-LEARN-05]', () => {
    const heard = new Set<string>()
    for (const sport of ['nfl', 'nba', 'race', 'soccer'] as const) {
      const running = registrations
        .filter(({ rule }) => rule.sports.includes(sport))
        .map((registration) => ({ registration, state: registration.rule.create() }))
      const promised = insightKinds.filter(({ sports }) => sports.includes(sport)).length
      let match: Match | null = null
      // A match is long; once all kinds were heard, more of it says little.
      for (const event of simulationOf(sport)({ seed: 3, startMs: Date.UTC(2026, 0, 1, 18) })) {
        if (event.kind === 'match') match = event.match
        if ([...heard].filter((one) => one.startsWith(`${sport} `)).length === promised) break
        for (const { registration, state } of running)
          registration.rule.onEvent(event, state, {
            match,
            insight({ kind }) {
              if (heard.has(`${sport} ${kind}`)) return
              heard.add(`${sport} ${kind}`)
              expect(registration.kinds, registration.rule.name).toContain(kind)
              expect(insightKinds.find((one) => one.kind === kind)?.sports).toContain(sport)
            },
            tag: () => undefined,
            outcome: () => undefined,
          })
      }
    }
    const promised = insightKinds.flatMap(({ kind, sports }) => sports.map((sport) => `${sport} ${kind}`))
    expect([...heard].toSorted()).toEqual(promised.toSorted())
  }, 120_000)

  test('graphics show kinds that there are [LIVE-LEARN-05]', async () => {
    const folders = readdirSync(graphicsDir).filter((folder) =>
      existsSync(join(graphicsDir, folder, 'from-insight.js')),
    )
    expect(folders.length).toBeGreaterThan(5)
    for (const folder of folders) {
      const { kinds } = (await import(join(graphicsDir, folder, 'from-insight.js'))) as { kinds: string[] }
      for (const kind of kinds) expect(known, folder).toContain(kind)
    }
  })
})
