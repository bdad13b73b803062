import { describe, expect, test } from 'vitest'
import { alertScores, floorFor, learnFloors, worstAlerts } from '../../src/learn/alert-floor.ts'
import type { AlertRow } from '../../src/learn/alert-floor.ts'
import { foldOfGroups } from '../../src/learn/groups.ts'

/** A row whose one look has this level, 2 s ahead. */
function row(group: string, level: number, isRight: boolean): AlertRow {
  return { group, isTrue: isRight, looks: [{ level, isRight, leadMs: 2000 }] }
}

/** `count` rows of a level of which `right` are right, a game each. */
function rows(level: number, count: number, right: number, name = 'g'): AlertRow[] {
  return Array.from({ length: count }, (_, at) => row(`${name}${level}-${at}`, level, at < right))
}

describe('the floor of alerts [LIVE-LEARN-06]', () => {
  test('is the lowest whose alerts keep the promise by the lower bound of their precision', () => {
    // 145 of 150 from .7 on keep it; with 10 of 50 at .5 it is 155 of 200 and does not.
    const kept = [...rows(0.9, 100, 100), ...rows(0.7, 50, 45)]
    expect(floorFor([...kept, ...rows(0.5, 50, 10)])).toBe(0.51)
    expect(floorFor([...kept, ...rows(0.5, 50, 45)])).toBe(0.35)
  })

  test('is none where too few were called to show it, or where it is not kept', () => {
    expect(floorFor(rows(0.9, 15, 15))).toBeNull()
    expect(floorFor(rows(0.9, 16, 16))).toBe(0.35)
    expect(floorFor(rows(0.9, 100, 86))).toBeNull()
    expect(floorFor(rows(0.9, 100, 89))).toBe(0.35)
    expect(floorFor([])).toBeNull()
  })

  test('counts alerts of one game together: the same share from few games shows less', () => {
    const games = (alertsOfGame: number) =>
      Array.from({ length: 96 }, (_, at) => {
        const game = Math.floor(at / alertsOfGame)
        return row(`g${game}`, 0.9, game % 12 !== 0)
      })
    expect(floorFor(games(1))).toBe(0.35)
    expect(floorFor(games(8))).toBeNull()
  })

  test('the bound by which a floor is chosen is the one that its scores print', () => {
    const told = [...rows(0.9, 60, 57), ...rows(0.6, 60, 47), ...rows(0.4, 60, 20)]
    const floor = floorFor(told)
    const precision = alertScores('alert', told, () => floor)['alertPrecision']
    expect(precision?.low).toBeGreaterThanOrEqual(0.8)
    expect(alertScores('alert', told, () => 0.6)['alertPrecision']?.low).toBeLessThan(0.8)
  })

  test('a few calls at the top speak against nothing below', () => {
    expect(floorFor([...rows(0.95, 3, 1), ...rows(0.8, 60, 58)])).toBe(0.35)
  })

  test('each game is judged by a floor that it did not teach', () => {
    const all = [...rows(0.9, 60, 58, 'a'), ...rows(0.6, 60, 20, 'b')]
    const { floors, alerts, right } = learnFloors(all, 4)
    expect([alerts, right]).toEqual([60, 58])
    const foldOf = foldOfGroups(
      all.map(({ group }) => group),
      4,
    )
    expect(floors.folds).toEqual(
      [0, 1, 2, 3].map((fold) => floorFor(all.filter(({ group }) => foldOf.get(group) !== fold))),
    )
    expect(floors.all).toBe(0.61)
  })

  test('a floor that does not keep the promise on games that did not teach it does not stand', () => {
    // 16 of 16 keep it together, but no three quarters of them are enough to show it.
    expect(floorFor(rows(0.9, 16, 16))).not.toBeNull()
    expect(learnFloors(rows(0.9, 16, 16), 4)).toEqual({
      floors: { all: null, folds: [null, null, null, null] },
      alerts: 0,
      right: 0,
    })
  })

  test('scores are of the first look that reaches the floor', () => {
    const looks = [
      { level: 0.5, isRight: false, leadMs: 3000 },
      { level: 0.8, isRight: true, leadMs: 1500 },
      { level: 0.9, isRight: false, leadMs: 500 },
    ]
    const told = [{ group: 'g', isTrue: true, looks }, row('h', 0.3, true)]
    const scores = alertScores('alert', told, () => 0.7)
    expect(scores['alertPrecision']?.value).toBe(1)
    expect(scores['alertRecall']?.value).toBe(0.5)
    expect(scores['alertLeadSeconds']?.value).toBe(1.5)
    expect(alertScores('alert', told, () => 0.4)['alertPrecision']?.value).toBe(0)
    expect(alertScores('alert', told, () => null)['alertPrecision']?.value).toBeNaN()
    expect(alertScores('alert', told, () => null)['alertRecall']?.value).toBe(0)
  })

  test('the worst season is told, of those with alerts in ten games or more', () => {
    const told = [...rows(0.9, 12, 11, '2018 '), ...rows(0.9, 12, 8, '2019 '), ...rows(0.9, 3, 0, '2020 ')]
    expect(
      worstAlerts(
        told,
        () => 0.5,
        (group) => group.slice(0, 4),
      ),
    ).toEqual({
      source: '2019',
      value: expect.closeTo(8 / 12, 9) as number,
    })
  })
})
