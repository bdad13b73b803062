import { describe, expect, test } from 'vitest'
import { parseLimits, usualLimits } from '../../../src/clearance/report/clearance-plan.ts'
import { buildReport } from '../../../src/clearance/report/build-report.ts'
import type { ReportInput } from '../../../src/clearance/report/build-report.ts'
import type { RanCase } from '../../../src/clearance/cases/ran-case.ts'
import { renderReport } from '../../../src/clearance/report/render-report.ts'
import type { CriterionFailure } from '../../../src/clearance/run/criterion.ts'
import type { ClearanceRow } from '../../../src/clearance/cases/clearance-row.ts'

interface Made {
  scenarioClass?: string
  fails?: boolean
  /** What it failed by; a collision of its own where not given. */
  by?: CriterionFailure
  impactMps?: number
  avoidable?: boolean
  weight?: number
  parameters?: Record<string, number>
  id?: string
}

function ran(index: number, made: Made = {}): RanCase {
  const { scenarioClass = 'cut-in', fails = false, avoidable = false, weight = 1 } = made
  const by = made.by ?? { criterion: 'noCollision' as const, timeS: 4, detail: 'It hit <other>.' }
  const failures = fails ? [by] : []
  const id = made.id ?? `${scenarioClass}/${index}`
  const row: ClearanceRow = {
    caseId: id,
    scenarioClass,
    seed: index,
    weight,
    outcome: !fails ? 'passed' : by.fault === 'other' ? 'struck' : 'failed',
    failures,
    metrics: {
      collisionTimeS: fails ? 4 : null,
      collidedWith: fails ? 'other' : null,
      impactSpeedMps: fails ? (made.impactMps ?? 8) : null,
      minDistanceM: 3,
      progressM: 100,
      meanSpeedMps: 10,
      maxDecelerationMps2: 2,
      minTtcS: fails ? 0 : 3,
      petS: null,
      maxDracMps2: 1,
      rssLongitudinalS: 0,
      rssLateralS: 0,
      rssViolationS: fails ? 2 : 0,
      impactTimeS: fails ? 3.97 : null,
      maxSpeedMps: 12,
    },
    durationS: 36,
    steps: 720,
    digest: fails ? 'ff' : '00',
    cell: { light: 'day', weather: 'dry', speed: 'to 50 km/h', met: ['car'] },
    reference: fails
      ? {
          version: 'competent-human',
          outcome: avoidable ? 'passed' : 'failed',
          failures: avoidable ? [] : failures,
          avoidsIt: avoidable,
          minTtcS: 1,
        }
      : null,
  }
  const { parameters = { gap: index % 10, speed: index % 7 } } = made
  return {
    one: {
      id,
      scenarioClass,
      source: { kind: 'builtIn', name: scenarioClass },
      parameters,
      seed: index,
      weight,
    },
    row,
    error: null,
  }
}

const many = (n: number, of: (index: number) => Made = () => ({})) =>
  Array.from({ length: n }, (_, index) => ran(index, of(index)))

function reportOf(all: RanCase[], more: Partial<ReportInput> = {}) {
  const version = { name: 'ours', summary: 'Ours.', hash: 'aaa' }
  return buildReport({
    id: 'one',
    createdAt: '2026-01-01T00:00:00.000Z',
    version,
    suite: { name: 'made', hash: 'bbb', n: all.length },
    code: 'ccc',
    reference: { name: 'competent-human', summary: 'Reference.', hash: 'ddd' },
    limits: usualLimits,
    ran: all,
    before: null,
    exposureOf: () => 1,
    ...more,
  })
}

describe('a clearance', () => {
  test('clears when every bound is within its limit, and says on what it stands [DRIVE-CLEAR-03]', () => {
    const report = reportOf(many(59))
    expect(report.verdict).toBe('cleared')
    expect(report.claims.every(({ state }) => state === 'holds')).toBe(true)
    expect(report.classes[0]).toMatchObject({ n: 59, failures: 0, state: 'within' })
    expect(report.overall.upper).toBeLessThan(0.0509)
    expect(report.drivenH).toBeCloseTo(59 * 0.01, 9)
  })

  test('does not clear what was not run often enough, and says how often it takes [DRIVE-CLEAR-03]', () => {
    const report = reportOf(many(58))
    expect(report.verdict).toBe('undecided')
    expect(report.reasons).toHaveLength(1)
    expect(report.reasons[0]).toMatch(/0 of 58 failed: at most 5\.03 %.* It takes 59 cases/)
    expect(report.classes[0]?.sequential.reason).toMatch(/cases ran out first/)
  })

  test('does not clear with one failure that the reference driver avoids, however many runs there are [DRIVE-CLEAR-04]', () => {
    const avoidable = reportOf(many(2000, (index) => ({ fails: index === 7, avoidable: true })))
    expect(avoidable.classes[0]?.state).toBe('within')
    expect(avoidable.verdict).toBe('not cleared')
    expect(avoidable.blockers.map(({ one }) => one.id)).toEqual(['cut-in/7'])
    expect(avoidable.blockers[0]?.viewer).toBe(
      '/drive/viewer?scenario=cut-in&set=gap%3D7%2Cspeed%3D0&seed=7&version=ours&against=competent-human&t=1',
    )
    const fate = reportOf(many(2000, (index) => ({ fails: index === 7 })))
    expect(fate.verdict).toBe('cleared')
    expect(fate.others.map(({ one }) => one.id)).toEqual(['cut-in/7'])
  })

  test('does not clear a version that breaks what the one before passed [DRIVE-CLEAR-05]', () => {
    const now = many(1000, (index) => ({ fails: index < 6 }))
    const before = { version: { name: 'old', summary: '', hash: 'eee' }, ran: many(1000) }
    const worse = reportOf(now, { before })
    expect(worse.comparison).toMatchObject({ bothPassed: 994, broken: 6, mended: 0, bothFailed: 0 })
    expect(worse.comparison?.worsePValue).toBeCloseTo(2 ** -6, 12)
    expect(worse.verdict).toBe('not cleared')
    const better = reportOf(many(1000), { before: { ...before, ran: now } })
    expect(better.comparison?.mendedCases).toHaveLength(6)
    expect(better.verdict).toBe('cleared')
  })

  test('keeps to the limit of each class, and weighs classes by how often they are met [DRIVE-CLEAR-03]', () => {
    const all = [...many(200), ...many(200, (index) => ({ scenarioClass: 'night', fails: index < 20 }))]
    const exposureOf = (name: string) => (name === 'night' ? 1 : 99)
    const strict = reportOf(all, { exposureOf })
    expect(strict.classes.map(({ state }) => state)).toEqual(['within', 'above'])
    expect(strict.overall.rate).toBeCloseTo(0.001, 12)
    const lax = reportOf(all, { exposureOf, limits: parseLimits('0.02,night=0.2') })
    expect(lax.classes.map(({ limit }) => limit)).toEqual([0.02, 0.2])
    expect(lax.verdict).toBe('cleared')
    expect(() => parseLimits('night=2')).toThrow(/night=2/)
  })

  test('counts what a search found as blockers, never toward a rate [DRIVE-CLEAR-06]', () => {
    const found = [
      ...many(100),
      ...many(30, () => ({ fails: true, avoidable: true, weight: 0, id: 'found' })),
    ]
    const report = reportOf(found)
    expect(report.classes[0]).toMatchObject({ n: 100, failures: 0, state: 'within', blockers: 30 })
    expect(report.verdict).toBe('not cleared')
  })

  test('sums up when many classes are above their limits, and says which were only run too seldom [DRIVE-CLEAR-03]', () => {
    const names = ['a', 'b', 'c', 'd']
    const all = names.flatMap((scenarioClass) =>
      many(20, (index) => ({ scenarioClass, fails: scenarioClass === 'a' && index < 5 })),
    )
    const report = reportOf(all)
    expect(report.reasons).toHaveLength(1)
    expect(report.reasons[0]).toMatch(
      /limit of 4 of 4 classes\. The worst: a up to 45.*3 of them had no failure/,
    )
  })

  test('does not clear while a case could not be run [DRIVE-CLEAR-03]', () => {
    const all = many(100)
    all[3] = { one: all[3]!.one, row: null, error: 'It crashed.' }
    const report = reportOf(all)
    expect(report).toMatchObject({ verdict: 'undecided', errors: 1, n: 99 })
    expect(report.reasons[0]).toMatch(/1 of 100 could not be run, the first because: It crashed/)
  })

  test('shows what of the domain was not driven, and where in the parameters it fails [DRIVE-CLEAR-02]', () => {
    const report = reportOf(many(100, (index) => ({ fails: index % 10 === 9 })))
    expect(report.coverage.filter(({ n }) => n > 0)).toEqual([
      { row: 'day, dry', column: 'to 50 km/h', n: 100, failures: 10 },
    ])
    expect(report.met.find(({ kind }) => kind === 'pedestrian')).toMatchObject({ n: 0 })
    expect(report.maps[0]).toMatchObject({
      scenario: 'cut-in',
      failures: 10,
      x: { name: 'gap', min: 0, max: 9 },
    })
    expect(report.maps[0]?.points.filter(([x, , state]) => state === 1 && x === 9)).toHaveLength(10)
  })
})

const struck = {
  criterion: 'noCollision' as const,
  timeS: 4,
  detail: 'Another hit it.',
  fault: 'other' as const,
}
const ranRed = { criterion: 'obeysSignals' as const, timeS: 5, detail: 'It passed a red light.' }

describe('verdicts', () => {
  test('are three: one failure in few cases leaves it undecided, many failures refute it [DRIVE-CLEAR-13]', () => {
    const few = reportOf(many(60, (index) => ({ fails: index === 0 })))
    expect([few.verdict, few.classes[0]?.state, few.casesToShow]).toEqual(['undecided', 'undecided', 93])
    const refuted = reportOf(many(60, (index) => ({ fails: index < 12 })))
    expect([refuted.verdict, refuted.classes[0]?.state]).toEqual(['not cleared', 'above'])
    expect(refuted.claims.find(({ isOfClass }) => isOfClass)?.evidence).toMatch(
      /12 of 60 failed: at least 12/,
    )
    expect(reportOf(many(93, (index) => ({ fails: index === 0 }))).verdict).toBe('cleared')
  })

  test('keep to a limit of one severity, in all classes or in one [DRIVE-CLEAR-12]', () => {
    const ofRules = many(400, (index) => ({ fails: index < 8, by: ranRed }))
    expect(reportOf(ofRules).verdict).toBe('cleared')
    const strict = reportOf(ofRules, { limits: parseLimits('0.05,rule=0.005') })
    expect(strict.verdict).toBe('not cleared')
    expect(strict.headline).toMatch(/cut-in: 8 runs of 400 with rule as the worst.*Failures: 8 rule\.$/)
    expect(reportOf(ofRules, { limits: parseLimits('0.05,cut-in/collision=0.01') }).verdict).toBe('cleared')
    expect(reportOf(ofRules, { limits: parseLimits('0.05,queue/rule=0.001') }).verdict).toBe('cleared')
    expect(() => parseLimits('cut-in/speed=0.1')).toThrow(/"speed" is no severity/)
  })

  test('leave out runs that another ended, and tell them [DRIVE-CLEAR-12]', () => {
    const report = reportOf(many(80, (index) => ({ fails: index < 20, by: struck })))
    expect(report).toMatchObject({ verdict: 'cleared', failures: 0, struck: 20 })
    expect(report.classes[0]).toMatchObject({ n: 60, struck: 20, failures: 0 })
    expect(report.headline).toMatch(/Another drove into it in 20 runs, which count for neither\.$/)
    expect(report.others).toHaveLength(20)
    // Too many of them leave too few that count.
    expect(reportOf(many(70, (index) => ({ fails: index < 20, by: struck }))).verdict).toBe('undecided')
  })

  test('pairs with a struck run are no evidence for either version [DRIVE-CLEAR-12]', () => {
    const before = {
      version: { name: 'old', summary: '', hash: 'eee' },
      ran: many(100, (index) => ({ fails: index < 10, by: struck })),
    }
    const report = reportOf(
      many(100, (index) => ({ fails: index < 10 })),
      { before },
    )
    expect(report.comparison).toMatchObject({ bothPassed: 90, broken: 0, mended: 0, bothFailed: 0 })
  })
})

test('failures are told worst first, all of them, and a replay opens just before [DRIVE-CLEAR-14]', () => {
  const report = reportOf(
    many(100, (index) =>
      index < 40
        ? { fails: true, by: ranRed }
        : index < 42
          ? { fails: true, impactMps: index === 40 ? 2 : 11 }
          : index < 43
            ? { fails: true, by: struck }
            : {},
    ),
  )
  expect(report.others).toHaveLength(43)
  expect(report.untold).toBe(0)
  expect(report.others.slice(0, 3).map(({ one, severity }) => [one.id, severity])).toEqual([
    ['cut-in/41', 'collision'],
    ['cut-in/40', 'collision'],
    ['cut-in/0', 'rule'],
  ])
  expect(report.others.at(-1)?.severity).toBeNull()
  expect(report.others[2]?.viewer).toMatch(/&t=2$/)
  expect(report.severities.filter(({ failures }) => failures > 0)).toEqual([
    { severity: 'collision', failures: 2, worstImpactMps: 11 },
    { severity: 'rule', failures: 40, worstImpactMps: 8 },
  ])
})

describe('the report as HTML', () => {
  test('stands alone, says its verdict in words, and writes names as text [DRIVE-CLEAR-07]', () => {
    const report = reportOf(many(100, (index) => ({ fails: index === 0, avoidable: true })))
    const html = renderReport({ ...report, version: { ...report.version, name: '<b>"x"</b>' } })
    expect(html).toContain('✕ Not cleared')
    expect(html).toContain('&lt;b&gt;&quot;x&quot;&lt;/b&gt;')
    expect(html).toContain('It hit &lt;other&gt;.')
    expect(html).not.toMatch(/<script|<link|src=|url\(|https?:/)
    expect(html).not.toMatch(/compliant/i)
    expect(html).not.toMatch(/NaN|undefined|Infinity/)
    expect(renderReport(reportOf(many(59)))).toContain('✓ Cleared')
  })
})

describe('the headline', () => {
  test('says which classes are shown, and by how many cases [DRIVE-CLEAR-11]', () => {
    const report = reportOf(many(60))
    expect(report.headline).toBe('Its class is shown to fail in at most 5 % of encounters, by 60 cases.')
    expect(report.casesToShow).toBeNull()
  })

  test('says how many more cases are missing, and at which rate, where nothing but cases is [DRIVE-CLEAR-11]', () => {
    // 59 cases without a failure show 5 %; of 20 there are two classes of ten.
    const report = reportOf(many(20, (index) => ({ scenarioClass: index % 2 === 0 ? 'cut-in' : 'queue' })))
    expect(report.verdict).toBe('undecided')
    expect(report.headline).toBe(
      '2 classes have too few cases to tell: 98 more (118 in all) without another failure would show 5 %.',
    )
    expect(report.casesToShow).toBe(118)
    expect(report.classes.map(({ moreCases }) => moreCases)).toEqual([49, 49])
  })

  test('tells failures that the reference avoids, and classes over their limit, before cases that are missing [DRIVE-CLEAR-11]', () => {
    const report = reportOf([
      ...many(40, (index) => ({ scenarioClass: 'cut-in', fails: index < 10, avoidable: index < 3 })),
      ...many(30, () => ({ scenarioClass: 'queue' })),
    ])
    expect(report.headline).toBe(
      'Competent-human avoids 3 of the failures, 1 class is shown to fail more often than allowed (cut-in in 14.2 % or more) and 1 class has too few cases to tell: 68 more (138 in all) without another failure would show 5 %. Failures: 10 collisions of its own (up to 8.0 m/s).',
    )
  })
})
