import { describe, expect, it } from 'vitest'
import { SmoothProfile } from '../../../src/world/simulator/smooth-profile.ts'
import {
  at,
  event,
  file,
  initial,
  laneChange,
  run,
  speed,
  vehicle,
  whenAction,
} from '../../support/scenario-file.ts'

const private_ = (held: string) => `<PrivateAction>${held}</PrivateAction>`
const states = (text: string) => run(text)
const stateAt = (all: ReturnType<typeof run>, timeS: number) =>
  all.find((state) => Math.abs(state.timeS - timeS) < 1e-6)
const pair = vehicle('a') + vehicle('b')
const both = initial('a', 10, 10) + initial('b', 40, 10)

describe('time', () => {
  it('is steps times their length, so that nothing drifts [DRIVE-OSC-15]', () => {
    for (const [index, { timeS }] of states(file({ stop: at(100) })).entries())
      expect(timeS).toBe(index === 0 ? 0 : index * 0.05)
  })
})

describe('speeds', () => {
  it('change at once where they take no time, whatever the vehicle can do [DRIVE-OSC-15]', () => {
    const jump = speed(50, 'dynamicsShape="linear" dynamicsDimension="time" value="0"')
    const all = states(file({ events: event('e', jump, at(1)) }))
    expect(stateAt(all, 1.05)?.speedMps[0]).toBe(50)
  })

  it('of a profile turn from one slope to the next about where they meet, with its jerk [DRIVE-OSC-15]', () => {
    const limits = {
      maxAccelerationMps2: 5,
      maxDecelerationMps2: 10,
      maxSpeedMps: 50,
      maxAccelerationRate: 4,
      maxDecelerationRate: 2,
    }
    const points = [
      { timeS: 0, speed: 0 },
      { timeS: 4, speed: 8 },
      { timeS: 8, speed: 8 },
    ]
    const profile = SmoothProfile.through(points, limits)
    // Up to 2 m/s² in half a second, so a quarter of a second behind the straight; then down to none within a second about the corner at 4.25 s.
    expect(profile?.speedAt(0.5)).toBeCloseTo(0.5, 9)
    expect(profile?.speedAt(2.25)).toBeCloseTo(4, 9)
    expect(profile?.speedAt(3.75)).toBeCloseTo(7, 9)
    expect(profile?.speedAt(4.75)).toBeCloseTo(8, 9)
    expect(profile?.endS).toBeCloseTo(4.75, 9)
    expect(SmoothProfile.through(points, { ...limits, maxAccelerationRate: 0.1 })).toBeNull()
  })

  it('keep a distance like a spring without overshoot, the stiffer the harder one may brake [DRIVE-OSC-15]', () => {
    const keep = private_(
      '<LongitudinalAction><LongitudinalDistanceAction entityRef="b" distance="20" freespace="false" continuous="true"><DynamicConstraints maxAcceleration="3" maxDeceleration="2.5" maxSpeed="60"/></LongitudinalDistanceAction></LongitudinalAction>',
    )
    const all = states(
      file({
        entities: pair,
        init: both,
        events: event('e', keep, at(0, 'conditionEdge="none"')),
        stop: at(30),
      }),
    )
    const last = all.at(-1)
    expect((last?.x[1] ?? 0) - (last?.x[0] ?? 0)).toBeCloseTo(20, 3)
    const gaps = all.map(({ x }) => (x[1] ?? 0) - (x[0] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThan(19.99)
    // 0.4 × 2.5 m/s² a metre, once neither limit is reached.
    const [early, later] = [all.at(-500), all.at(-499)]
    const error = (early?.x[1] ?? 0) - (early?.x[0] ?? 0) - 20
    const closing = 10 - (early?.speedMps[0] ?? 0)
    const gained = ((later?.speedMps[0] ?? 0) - (early?.speedMps[0] ?? 0)) / 0.05
    expect(gained).toBeCloseTo(error + 2 * closing, 6)
  })
})

describe('trajectories', () => {
  const vertex = (timeS: number, x: number, y: number, h = '') =>
    `<Vertex time="${timeS}"><Position><WorldPosition x="${x}" y="${y}"${h}/></Position></Vertex>`
  const follow = (
    held: string,
    options: { offset?: number; closed?: string; mode?: string; timing?: string } = {},
  ) =>
    private_(
      `<RoutingAction><FollowTrajectoryAction initialDistanceOffset="${options.offset ?? 0}"><TrajectoryRef><Trajectory name="t" closed="${options.closed ?? 'false'}"><Shape><Polyline>${held}</Polyline></Shape></Trajectory></TrajectoryRef><TimeReference>${options.timing ?? '<None/>'}</TimeReference><TrajectoryFollowingMode followingMode="${options.mode ?? 'position'}"/></FollowTrajectoryAction></RoutingAction>`,
    )
  const relative = '<Timing domainAbsoluteRelative="relative" scale="1" offset="0"/>'
  const now = 'conditionEdge="none"'
  const along = (held: string) => states(file({ events: event('e', held, at(0, now)), stop: at(12) }))

  it('leave the speed to others where they have no times [DRIVE-OSC-15]', () => {
    const path = follow(vertex(0, 10, -1) + vertex(0, 500, -1))
    const text = file({ events: event('e', path, at(0, now)) + event('f', speed(4), at(2)), stop: at(5) })
    expect(states(text).at(-1)?.speedMps[0]).toBe(4)
  })

  it('begin where they are told to, and lead back to their start where they are closed [DRIVE-OSC-15]', () => {
    const square = vertex(0, 100, -1) + vertex(0, 130, -1) + vertex(0, 130, -3) + vertex(0, 100, -3)
    const begun = along(follow(square, { offset: 20 }))
    expect(stateAt(begun, 0.5)?.x[0]).toBeCloseTo(125, 6)
    // 62 m to the last corner and 2 m back, at 10 m/s.
    const closed = along(follow(square, { closed: 'TRUE' }))
    expect(stateAt(closed, 6.3)?.y[0]).toBeCloseTo(-2, 6)
  })

  it('are followed at evenly changing speeds that take the times of their pieces [DRIVE-OSC-15]', () => {
    const path = vertex(0, 10, -1) + vertex(2, 30, -1) + vertex(3, 35, -1)
    const all = along(follow(path, { mode: 'follow', timing: relative }))
    expect(stateAt(all, 2)?.x[0]).toBeCloseTo(30, 6)
    // From 10 to 0 m/s in a second.
    expect(stateAt(all, 2.5)?.x[0]).toBeCloseTo(33.75, 6)
    expect(stateAt(all, 3)?.x[0]).toBeCloseTo(35, 6)
  })
})

describe('a lane change', () => {
  it('of a second is over after its time, as before [DRIVE-OSC-15]', () => {
    const change = laneChange(-2, 'dynamicsShape="sinusoidal" dynamicsDimension="time" value="1"')
    const all = states(file({ events: event('e', change, at(1)), stop: at(5) }))
    expect(all.at(-1)?.y[0]).toBeCloseTo(-5, 6)
  })
})

describe('what the standard leaves open', () => {
  it('a gap that is too small opens the slower, the less one may speed up [DRIVE-OSC-15]', () => {
    const widen = private_(
      '<LongitudinalAction><LongitudinalDistanceAction entityRef="b" distance="40" freespace="false" continuous="true"><DynamicConstraints maxAcceleration="2.5" maxDeceleration="5" maxSpeed="60"/></LongitudinalDistanceAction></LongitudinalAction>',
    )
    const all = states(
      file({
        entities: pair,
        init: both,
        events: event('e', widen, at(0, 'conditionEdge="none"')),
        stop: at(40),
      }),
    )
    // A spring of 0.4 × 2.5 = 1/s² would first brake by 10 m/s²: it brakes as hard as it may, and comes to the gap from below, without overshoot.
    expect(stateAt(all, 0.05)?.speedMps[0]).toBeCloseTo(10 - 5 * 0.05, 9)
    const gaps = all.map(({ x }) => (x[1] as number) - (x[0] as number))
    expect(Math.max(...gaps)).toBeLessThan(40.01)
    expect(gaps.at(-1)).toBeCloseTo(40, 1)
  })

  it('the end of what takes no time is seen a step later, wherever its event stands [DRIVE-OSC-15]', () => {
    const light =
      '<PrivateAction><AppearanceAction><LightStateAction><LightType><VehicleLight vehicleLightType="fogLights"/></LightType><LightState mode="on"/></LightStateAction></AppearanceAction></PrivateAction>'
    const first = event('first', light, at(1, 'conditionEdge="none"'))
    const then = event('then', speed(20), whenAction('firstAction', 'endTransition'))
    const changeOf = (events: string) =>
      states(file({ events })).find(({ speedMps }) => speedMps[0] === 20)?.timeS
    expect(changeOf(first + then)).toBeCloseTo(1.1, 9)
    expect(changeOf(then + first)).toBeCloseTo(1.1, 9)
  })
})
