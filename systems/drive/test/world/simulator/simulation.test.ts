import { describe, expect, it } from 'vitest'
import {
  alks,
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

const linear = (rate: number) => `dynamicsShape="linear" dynamicsDimension="rate" value="${rate}"`
const activate =
  '<PrivateAction><ControllerAction><ActivateControllerAction lateral="true" longitudinal="true"/></ControllerAction></PrivateAction>'

function last<Item>(items: Item[]): Item {
  return items.at(-1) as Item
}

describe('Simulation', () => {
  it('starts at time 0 and ends before the step in which the stop trigger holds [DRIVE-SIM-01]', () => {
    const states = run(file({}))
    expect(states[0]).toMatchObject({ timeS: 0, x: [10], y: [-1.75] })
    expect(last(states).timeS).toBeCloseTo(20, 6)
    expect(last(states).x[0]).toBeCloseTo(210, 6)
  })

  it('gives the same states in every run [DRIVE-SIM-01]', () => {
    const text = file({
      events: event(
        'e',
        laneChange(-2, 'dynamicsShape="sinusoidal" dynamicsDimension="rate" value="1.3"'),
        at(1),
      ),
    })
    expect(run(text)).toEqual(run(text))
  })

  it('applies an action from the step that its trigger fires in [DRIVE-SIM-02]', () => {
    const states = run(file({ events: event('e', speed(20, linear(2)), at(3)) }))
    const speedAt = (timeS: number) => states[Math.round(timeS / 0.05)]?.speedMps[0]
    expect(speedAt(3)).toBeCloseTo(10, 9)
    expect(speedAt(3.05)).toBeCloseTo(10.1, 9)
    expect(speedAt(8)).toBeCloseTo(20, 9)
  })

  it('keeps a vehicle within its acceleration', () => {
    const states = run(file({ events: event('e', speed(20, linear(100)), at(3)) }))
    const steps = states
      .slice(2)
      .map((state, index) => (state.speedMps[0] ?? 0) - (states[index + 1]?.speedMps[0] ?? 0))
    expect(Math.max(...steps)).toBeCloseTo(8 * 0.05, 6)
  })

  it('changes lanes at its speed over ground and ends on the centre [DRIVE-SIM-02]', () => {
    const dynamics = 'dynamicsShape="sinusoidal" dynamicsDimension="time" value="4"'
    const states = run(file({ events: event('e', laneChange(-2, dynamics), at(2)) }))
    expect(last(states).y[0]).toBeCloseTo(-5, 6)
    const half = states.find(({ timeS }) => timeS > 3.99)
    expect(half?.y[0]).toBeCloseTo((-1.75 - 5) / 2, 1)
    expect(last(states).x[0]).toBeLessThan(210)
    expect(last(states).x[0]).toBeGreaterThan(209)
  })

  it('counts a delay from the edge and passes the end of one action on to the next [DRIVE-SIM-03]', () => {
    const states = run(
      file({
        events:
          event('first', speed(12, linear(2)), at(1)) +
          event('next', speed(0), whenAction('firstAction', 'endTransition', 3)),
      }),
    )
    const stopped = states.find(({ speedMps }) => speedMps[0] === 0 || (speedMps[0] ?? 0) < 12 - 1e-6)
    const reached = states.findIndex(({ speedMps }) => (speedMps[0] ?? 0) > 12 - 1e-6)
    const after = states.findIndex(({ speedMps }, index) => index > reached && (speedMps[0] ?? 0) < 12 - 1e-6)
    expect(stopped).toBeDefined()
    // The end is seen at the evaluation of the step after it, and applied in that step three seconds later.
    expect(after - reached).toBe(61)
  })

  it('repeats an event as often as it may, and no more [DRIVE-SIM-03]', () => {
    const often = (count: number) =>
      run(
        file({
          events:
            event(
              'jump',
              speed(15),
              at(1, 'conditionEdge="none"'),
              `priority="parallel" maximumExecutionCount="${count}"`,
            ) +
            event(
              'slow',
              speed(10, 'dynamicsShape="linear" dynamicsDimension="time" value="0.2"'),
              at(4),
              'priority="parallel"',
            ),
        }),
      ).at(-1)?.speedMps[0]
    expect(often(1)).toBeCloseTo(10, 6)
    expect(often(100_000)).toBeCloseTo(15, 6)
  })

  it.each([
    ['overwrite', 10.5],
    ['skip', 20],
  ])('lets an event of priority %s deal with a running one [DRIVE-SIM-03]', (priority, expected) => {
    const sideways = laneChange(-2, 'dynamicsShape="linear" dynamicsDimension="time" value="1"')
    const states = run(
      file({
        events:
          event('fast', speed(20, linear(1)), at(1)) +
          event('side', sideways, at(1.5), `priority="${priority}"`),
      }),
    )
    expect(last(states).speedMps[0]).toBeCloseTo(expected, 6)
    expect(last(states).y[0]).toBeCloseTo(priority === 'skip' ? -1.75 : -5, 6)
  })

  it('keeps its gap behind a slower vehicle under the lane-keeping controller, without a collision [DRIVE-SIM-04]', () => {
    const states = run(
      file({
        entities: vehicle('a', alks) + vehicle('b'),
        init: initial('a', 10, 20) + initial('b', 120, 8),
        events: event('on', activate, at(1)),
        stop: at(60),
      }),
    )
    const end = last(states)
    expect(end.speedMps[0]).toBeCloseTo(8, 1)
    expect(Math.min(...states.map(({ x }) => (x[1] ?? 0) - (x[0] ?? 0) - 5))).toBeGreaterThan(3)
    expect((end.x[1] ?? 0) - (end.x[0] ?? 0) - 5).toBeLessThan(3 + 1.5 * 8 + 1)
  })

  it('stops at a dead end', () => {
    const states = run(file({}), 100)
    expect(last(states)).toMatchObject({ x: [100], speedMps: [0] })
  })

  it('fires on distance between bodies [DRIVE-SIM-03]', () => {
    const near =
      '<Condition name="near" conditionEdge="rising" delay="0"><ByEntityCondition><TriggeringEntities triggeringEntitiesRule="any"><EntityRef entityRef="a"/></TriggeringEntities><EntityCondition><RelativeDistanceCondition entityRef="b" relativeDistanceType="longitudinal" value="20.1" freespace="true" rule="lessThan"/></EntityCondition></ByEntityCondition></Condition>'
    const states = run(
      file({
        entities: vehicle('a') + vehicle('b'),
        init: initial('a', 10, 10) + initial('b', 100, 0),
        events: event('halt', speed(0), near),
      }),
    )
    expect(last(states).x[0]).toBeCloseTo(75, 6)
  })
})
