import { describe, expect, test } from 'vitest'
import { actorOf } from '../../../src/world/actors/actor.ts'
import type { Actor } from '../../../src/world/actors/actor.ts'
import { ScriptedActors } from '../../../src/world/actors/scripted-actors.ts'
import { PolylineTrack } from '../../../src/world/actors/track.ts'
import type { Scene } from '../../../src/world/scene/scene.ts'
import { addAgent, sceneWith } from '../../support/road-scene.ts'

const stepS = 0.05

/** Runs actors for some seconds; `each` is called after every step. */
function run(scene: Scene, actors: Actor[], seconds: number, each: () => void = () => undefined): void {
  const source = new ScriptedActors(actors)
  source.start(scene.agents, scene)
  for (let step = 1; step * stepS <= seconds + 1e-9; step++) {
    source.step(scene, stepS)
    scene.timeS = step * stepS
    each()
  }
}

const rowOf = (scene: Scene, name: string) => scene.agents.names.indexOf(name)

describe('actors', () => {
  test('go from cue to cue: accelerate, move aside, sound a siren [DRIVE-LIBRARY-02]', () => {
    const scene = sceneWith(0)
    const track = new PolylineTrack([0, 20, 100, 20])
    const car = actorOf({
      name: 'car',
      kind: 'emergency',
      track,
      s: 0,
      phases: [
        { when: { kind: 'time', atS: 1 }, speed: { toMps: 10, rateMps2: 5 } },
        { when: { kind: 'own', atM: 30 }, lateral: { toM: 3, rateMps: 1.5 }, siren: true },
        { when: { kind: 'after', s: 5 }, speed: { toMps: 0, rateMps2: 10 } },
      ],
    })
    const headings: number[] = []
    run(scene, [car], 12, () => headings.push(scene.agents.heading[1] as number))
    const row = rowOf(scene, 'car')
    expect(scene.agents.hasSiren[row]).toBe(1)
    expect(scene.agents.y[row]).toBeCloseTo(23, 9)
    expect(scene.agents.speedMps[row]).toBe(0)
    // 10 m while it accelerates, then 10 m/s: at 30 m after 5 s; five more seconds and a stop of 5 m.
    expect(scene.agents.x[row]).toBeGreaterThan(84)
    expect(scene.agents.x[row]).toBeLessThan(86.5)
    // It points where it goes: 1.5 m/s sideways at 10 m/s, at the most.
    expect(Math.max(...headings)).toBeCloseTo(Math.atan2(1.5, 10), 2)
  })

  test('a gap to the vehicle under test and its nearness are cues [DRIVE-LIBRARY-02]', () => {
    const scene = sceneWith(10)
    const waiting = actorOf({
      name: 'waiting',
      kind: 'pedestrian',
      track: new PolylineTrack([50, -8, 50, 8]),
      s: 0,
      phases: [{ when: { kind: 'egoNear', x: 50, y: 0, withinM: 20 }, speed: { toMps: 1, rateMps2: 100 } }],
    })
    let startedAtM = NaN
    run(scene, [waiting], 4.5, () => {
      scene.agents.x[0] = scene.timeS * 10
      if (Number.isNaN(startedAtM) && (scene.agents.speedMps[1] as number) > 0)
        startedAtM = scene.agents.x[0] as number
    })
    expect(startedAtM).toBeGreaterThanOrEqual(50 - 20 - 2.25)
    expect(startedAtM).toBeLessThan(50 - 20 - 2.25 + 1.1)
  })

  test('a person does not walk into a car that stands in the way, and goes on when it is gone [DRIVE-LIBRARY-02]', () => {
    const scene = sceneWith(0)
    const walker = actorOf({
      name: 'walker',
      kind: 'pedestrian',
      track: new PolylineTrack([0, -6, 0, 6]),
      s: 0,
      speedMps: 1.4,
    })
    let nearest = Infinity
    run(scene, [walker], 12, () => {
      if (scene.timeS < 6) nearest = Math.min(nearest, Math.abs(scene.agents.y[1] as number) - 0.95 - 0.25)
      else scene.agents.x[0] = 30
    })
    expect(nearest).toBeGreaterThan(0.1)
    expect(nearest).toBeLessThan(1.2)
    expect(scene.agents.y[1]).toBeGreaterThan(3)
  })

  test('a cyclist brakes for what stands in the way, waits, and rides on when it is gone [DRIVE-LIBRARY-02]', () => {
    const scene = sceneWith(0)
    const standing = addAgent(scene, { name: 'standing', x: 60, y: 20, heading: Math.PI / 2 })
    const cyclist = actorOf({
      name: 'cyclist',
      kind: 'bicycle',
      track: new PolylineTrack([0, 20, 300, 20]),
      s: 0,
      speedMps: 7,
    })
    const speeds: number[] = []
    run(scene, [cyclist], 20, () => {
      speeds.push(scene.agents.speedMps[rowOf(scene, 'cyclist')] as number)
      if (scene.timeS > 12) scene.agents.y[standing] = 60
    })
    // What the table says is how it moves: no faster change than one can brake and set off.
    const changes = speeds.slice(1).map((speed, index) => (speed - (speeds[index] as number)) / stepS)
    expect(Math.min(...changes)).toBeGreaterThan(-6.5)
    expect(Math.max(...changes)).toBeLessThan(3.01)
    expect(speeds[Math.round(11 / stepS)]).toBeCloseTo(0, 3)
    expect(speeds.at(-1)).toBe(7)
  })

  test('a dog that runs aside stops before a car, and says how fast it runs [DRIVE-LIBRARY-02]', () => {
    const scene = sceneWith(0)
    addAgent(scene, { name: 'standing', x: 10, y: 24, heading: 0 })
    const dog = actorOf({
      name: 'dog',
      kind: 'animal',
      track: new PolylineTrack([0, 20, 300, 20]),
      s: 8,
      speedMps: 1,
      phases: [{ when: { kind: 'time', atS: 0.5 }, lateral: { toM: 4, rateMps: 3 } }],
    })
    let fastest = 0
    run(scene, [dog], 6, () => {
      fastest = Math.max(fastest, scene.agents.speedMps[rowOf(scene, 'dog')] as number)
    })
    expect(fastest).toBeGreaterThan(2)
    expect(fastest).toBeLessThan(Math.hypot(3, 1) + 1e-9)
    expect(scene.agents.y[rowOf(scene, 'dog')]).toBeLessThan(24 - 0.9)
  })

  test('a follower stops behind what stands, a reversing car points against its way [DRIVE-LIBRARY-02]', () => {
    const scene = sceneWith(0)
    addAgent(scene, { name: 'standing', x: 100, y: 20 })
    const follower = actorOf({
      name: 'follower',
      kind: 'car',
      track: new PolylineTrack([0, 20, 300, 20]),
      s: 0,
      speedMps: 14,
      heed: 'follows',
    })
    const reversing = actorOf({
      name: 'reversing',
      kind: 'car',
      track: new PolylineTrack([0, 40, 0, 60]),
      s: 0,
      speedMps: 1,
      isReversing: true,
    })
    run(scene, [follower, reversing], 20)
    const gap = 100 - 4.5 - (scene.agents.x[rowOf(scene, 'follower')] as number)
    expect(gap).toBeGreaterThan(1)
    expect(gap).toBeLessThan(5)
    const row = rowOf(scene, 'reversing')
    expect(scene.agents.y[row]).toBeCloseTo(60, 6)
    expect(scene.agents.speedMps[row]).toBe(-1)
    expect(Math.sin(scene.agents.heading[row] as number)).toBeCloseTo(-1, 9)
  })
})
