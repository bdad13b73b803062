import { describe, expect, test } from 'vitest'
import { emptyBox, readBox, timeToContact } from '../../../src/clearance/metrics/moving-box.ts'
import { rssMeasured, SafetyMetrics } from '../../../src/clearance/metrics/safety-metrics.ts'
import { rssLateralM, rssLongitudinalM } from '../../../src/driver/reference/rss-distances.ts'
import { AgentTable } from '../../../src/world/scene/agent-table.ts'
import { clearDay } from '../../../src/world/scene/environment.ts'
import type { Scene } from '../../../src/world/scene/scene.ts'
import { SignalTable } from '../../../src/world/scene/signal-table.ts'
import { network, road } from '../../support/road-file.ts'

interface Placed {
  x: number
  y: number
  heading?: number
  speed: number
}

/** Cars of 4 × 2 m; the first is the vehicle under test. */
function sceneOf(...cars: Placed[]): Scene {
  const agents = new AgentTable(cars.length)
  for (const [row, car] of cars.entries()) {
    agents.add({ name: `car${row}`, kind: 'car', lengthM: 4, widthM: 2 })
    agents.x[row] = car.x
    agents.y[row] = car.y
    agents.heading[row] = car.heading ?? 0
    agents.speedMps[row] = car.speed
  }
  const roads = network(road({ length: 500 }))
  return { timeS: 0, network: roads, agents, signals: new SignalTable([]), environment: clearDay, ego: 0 }
}

/** Everyone goes straight on for `seconds`, in steps of 0.05 s. */
function figuresOf(scene: Scene, seconds: number) {
  const metrics = new SafetyMetrics()
  metrics.begin(scene)
  const { agents } = scene
  for (let step = 0; step <= seconds / 0.05 + 1e-9; step++) {
    scene.timeS = step * 0.05
    metrics.frame(scene)
    for (let row = 0; row < agents.count; row++) {
      agents.x[row]! += agents.speedMps[row]! * Math.cos(agents.heading[row]!) * 0.05
      agents.y[row]! += agents.speedMps[row]! * Math.sin(agents.heading[row]!) * 0.05
    }
  }
  metrics.end()
  return metrics.figures()
}

describe('time to contact', () => {
  function contact(a: Placed, b: Placed, horizonS = 10): number {
    const { agents } = sceneOf(a, b)
    const [first, second] = [emptyBox(), emptyBox()]
    readBox(agents, 0, first)
    readBox(agents, 1, second)
    return timeToContact(first, second, horizonS)
  }

  test('is exact behind one another, across and turned by 45° [DRIVE-FIGURE-01]', () => {
    expect(contact({ x: 0, y: 0, speed: 20 }, { x: 34, y: 0, speed: 5 })).toBeCloseTo(2, 12)
    // The other's front, 2 m ahead of its centre, reaches the side of the ego, 1 m from its line, after 7 m.
    const across = { x: 0, y: -10, heading: Math.PI / 2, speed: 7 }
    expect(contact({ x: 0, y: 0, speed: 0 }, across)).toBeCloseTo(1, 12)
    // A corner of the turned car is (2 + 1) / √2 before its centre.
    const turned = { x: 20, y: 0, heading: Math.PI / 4, speed: 0 }
    expect(contact({ x: 0, y: 0, speed: 10 }, turned)).toBeCloseTo((20 - 2 - 3 / Math.SQRT2) / 10, 12)
  })

  test('is 0 where bodies overlap, and does not exist where they pass [DRIVE-FIGURE-01]', () => {
    expect(contact({ x: 0, y: 0, speed: 10 }, { x: 3, y: 1, speed: 10 })).toBe(0)
    expect(contact({ x: 0, y: 0, speed: 10 }, { x: 30, y: 2.01, speed: 0 })).toBe(Infinity)
    expect(contact({ x: 0, y: 0, speed: 10 }, { x: 30, y: 1.99, speed: 0 })).toBeCloseTo(2.6, 12)
    expect(contact({ x: 0, y: 0, speed: 5 }, { x: 30, y: 0, speed: 9 })).toBe(Infinity)
    expect(contact({ x: 0, y: 0, speed: 10 }, { x: 34, y: 0, speed: 0 }, 2.9)).toBe(Infinity)
  })
})

describe('the figures of a run', () => {
  test('say when within a step it hit, and what would have avoided it [DRIVE-FIGURE-02]', () => {
    // 33.3 m at 12 m/s.
    const figures = figuresOf(sceneOf({ x: 0, y: 0, speed: 12 }, { x: 37.3, y: 0, speed: 0 }), 3)
    expect(figures.impactTimeS).toBeCloseTo(33.3 / 12, 9)
    expect(figures.minTtcS).toBe(0)
    // The last time before the impact: v / 2 TTC.
    expect(figures.maxDracMps2).toBeCloseTo(12 / (2 * (33.3 / 12 - 2.75)), 6)
    expect(figures.maxSpeedMps).toBe(12)
  })

  test('have no conflict where nobody is in the way [DRIVE-FIGURE-02]', () => {
    const figures = figuresOf(sceneOf({ x: 0, y: 0, speed: 12 }, { x: 10, y: 5, speed: 12 }), 2)
    expect(figures).toMatchObject({ minTtcS: null, petS: null, maxDracMps2: null, impactTimeS: null })
    expect(figures.rssViolationS).toBe(0)
  })

  test('measure from one leaving a crossing to the other reaching it [DRIVE-FIGURE-02]', () => {
    // The ego's rear leaves the other's way, x = 31, at 3.3 s; the other's front reaches y = −1 at 4.5 s.
    const crossing = { x: 30, y: -48, heading: Math.PI / 2, speed: 10 }
    const figures = figuresOf(sceneOf({ x: 0, y: 0, speed: 10 }, crossing), 6)
    expect(figures.petS).toBeGreaterThan(1.1)
    expect(figures.petS).toBeLessThan(1.31)
    expect(figuresOf(sceneOf({ x: 0, y: 0, speed: 10 }, { x: -15, y: 0, speed: 10 }), 6).petS).toBeNull()
  })

  test('count how long RSS was not kept, behind and beside [DRIVE-FIGURE-03]', () => {
    const safeM = rssLongitudinalM(15, 10, rssMeasured)
    const behind = sceneOf({ x: 0, y: 0, speed: 15 }, { x: 4 + safeM + 2.45, y: 0, speed: 10 })
    const figures = figuresOf(behind, 2)
    // The surplus of 2.45 m is gone before 0.5 s; from then on, each step counts.
    expect(figures.rssLongitudinalS).toBeCloseTo(1.5, 9)
    expect(figures.rssViolationS).toBeCloseTo(figures.rssLongitudinalS, 9)
    expect(figures.rssLateralS).toBe(0)
    const sideM = 2 + rssLateralM(0, 0, rssMeasured)
    const beside = (y: number) => figuresOf(sceneOf({ x: 0, y: 0, speed: 15 }, { x: 1, y, speed: 15 }), 1)
    expect(beside(sideM - 0.01)).toMatchObject({ rssLongitudinalS: 0 })
    expect(beside(sideM - 0.01).rssLateralS).toBeCloseTo(1, 9)
    expect(beside(sideM + 0.01).rssLateralS).toBe(0)
  })
})
