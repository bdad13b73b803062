import { parseOpenScenario } from '../../../src/world/openscenario/parse-openscenario.ts'
import { ReadingNotes } from '../../../src/world/openscenario/reading-notes.ts'
import { parseXml } from '../../../src/world/xml/parse-xml.ts'
import { describe, expect, it } from 'vitest'
import { environmentOf } from '../../../src/world/scene/environment-of.ts'
import { Simulation } from '../../../src/world/simulator/simulation.ts'
import { intersection } from '../../../src/world/town/intersection.ts'
import { byValue, environment, everything, global, whenEntity } from '../../support/every-element.ts'
import { network, road } from '../../support/road-file.ts'
import {
  at,
  event,
  file,
  initial,
  run,
  scenarioOf,
  speed,
  vehicle,
  whenAction,
} from '../../support/scenario-file.ts'

type States = ReturnType<typeof run>

function atTime(states: States, timeS: number): States[number] {
  return states.reduce((best, state) =>
    Math.abs(state.timeS - timeS) < Math.abs(best.timeS - timeS) ? state : best,
  )
}

const speedAt = (states: States, timeS: number, entity = 0) =>
  atTime(states, timeS).speedMps[entity] as number

function simulate(text: string, untilS: number): Simulation {
  const simulation = new Simulation(scenarioOf(text), network(road({ length: 2000 })))
  for (let dtS = 0; simulation.timeS < untilS - 1e-6 && simulation.step(dtS); dtS = 0.05);
  return simulation
}

describe('actions of a storyboard', () => {
  it('reaches the speeds of a profile in their times, and without times as fast as it can [DRIVE-OSC-04]', () => {
    const states = run(everything['speed profile'] ?? '')
    expect(speedAt(states, 2)).toBeCloseTo(12, 6)
    expect(speedAt(states, 3.5)).toBeCloseTo(14, 6)
    // From 14 to 6 m/s at 8 m/s² after the second of constant speed.
    expect(speedAt(states, 4.5)).toBeCloseTo(10, 6)
    expect(speedAt(states, 5.1)).toBeCloseTo(6, 6)
  })

  it('closes a gap within its limits, and then keeps it [DRIVE-OSC-04]', () => {
    const states = run(everything['limited distance'] ?? '')
    const speeds = states.map(({ speedMps }) => speedMps[0] as number)
    const changes = speeds.slice(1).map((value, index) => (value - (speeds[index] as number)) / 0.05)
    expect(Math.max(...speeds)).toBeLessThanOrEqual(14 + 1e-9)
    expect(Math.max(...changes.slice(1))).toBeLessThanOrEqual(2 + 1e-6)
    expect(Math.min(...changes)).toBeGreaterThanOrEqual(-3 - 1e-6)
    const end = states.at(-1) as States[number]
    expect((end.x[1] as number) - (end.x[0] as number) - 5).toBeCloseTo(15, 0)
    expect(end.speedMps[0]).toBeCloseTo(8, 1)
  })

  it('arrives when its master arrives, with the final speed [DRIVE-OSC-04]', () => {
    const states = run(everything['synchronize'] ?? '')
    const arrived = (entity: number, x: number) =>
      states.find((state) => (state.x[entity] ?? 0) >= x)?.timeS ?? 0
    expect(arrived(1, 140)).toBeCloseTo(10, 1)
    expect(Math.abs(arrived(0, 130) - arrived(1, 140))).toBeLessThan(0.3)
    expect(speedAt(states, arrived(0, 131))).toBeCloseTo(9, 1)
  })

  it.each([
    ['along its lane, which bends', ''],
    [
      'along its trajectory, which turns back',
      '<RoutingAction><FollowTrajectoryAction><TrajectoryRef><Trajectory name="t" closed="false"><Shape><Polyline><Vertex><Position><WorldPosition x="0" y="-5" h="0"/></Position></Vertex><Vertex><Position><WorldPosition x="60" y="-5" h="0"/></Position></Vertex><Vertex><Position><WorldPosition x="60" y="-30" h="0"/></Position></Vertex><Vertex><Position><WorldPosition x="0" y="-30" h="0"/></Position></Vertex></Polyline></Shape></Trajectory></TrajectoryRef><TimeReference><None/></TimeReference><TrajectoryFollowingMode followingMode="position"/></FollowTrajectoryAction></RoutingAction>',
    ],
  ])('is there in time by the way that it goes %s [DRIVE-OSC-04]', (_, way) => {
    const geometry = '<geometry s="0" x="0" y="0" hdg="0" length="1000"><arc curvature="0.02"/></geometry>'
    const place =
      way === '' ? '<LanePosition roadId="1" laneId="-1" s="130"/>' : '<WorldPosition x="10" y="-30"/>'
    const synchronize = `<PrivateAction><SynchronizeAction masterEntityRef="b"><TargetPositionMaster><LanePosition roadId="1" laneId="1" s="100"/></TargetPositionMaster><TargetPosition>${place}</TargetPosition><FinalSpeed><AbsoluteSpeed value="9"/></FinalSpeed></SynchronizeAction></PrivateAction>`
    const scenario = scenarioOf(
      file({
        entities: vehicle('a') + vehicle('b'),
        init:
          initial('a', 10, 10) +
          (way === '' ? '' : `<Private entityRef="a"><PrivateAction>${way}</PrivateAction></Private>`) +
          initial('b', 200, 10, 1),
        events: event('e', synchronize, at(1)),
      }),
    )
    const simulation = new Simulation(scenario, network(road({ length: 1000, geometry })))
    const { world } = simulation
    const left = () =>
      way === ''
        ? 130 - (world.s[0] as number)
        : (world.y[0] as number) < -29.9
          ? (world.x[0] as number) - 10
          : 99
    const seen = { own: NaN, master: NaN }
    for (let dtS = 0; simulation.step(dtS); dtS = 0.05) {
      if (Number.isNaN(seen.own) && left() <= 0) seen.own = simulation.timeS
      if (Number.isNaN(seen.master) && (world.s[1] as number) <= 100) seen.master = simulation.timeS
    }
    expect(Math.abs(seen.own - seen.master)).toBeLessThan(0.11)
  })

  describe('on the way to its master', () => {
    /** Entity 0 goes 90 m from 5 m/s to a final speed of 9 while its master goes 100 m at 10 m/s. */
    const together = (rest = '', value = 9, before = '') => {
      const synchronize = `<PrivateAction><SynchronizeAction masterEntityRef="b" ${rest}><TargetPositionMaster><LanePosition roadId="1" laneId="-2" s="110"/></TargetPositionMaster><TargetPosition><LanePosition roadId="1" laneId="-1" s="100"/></TargetPosition><FinalSpeed><AbsoluteSpeed value="${value}">${before}</AbsoluteSpeed></FinalSpeed></SynchronizeAction></PrivateAction>`
      const states = run(
        file({
          entities: vehicle('a') + vehicle('b'),
          init: initial('a', 10, 5) + initial('b', 10, 10, -2),
          events: event('e', synchronize, at(0, 'conditionEdge="none"')),
        }),
      )
      const when = (entity: number, x: number) =>
        states.find((state) => (state.x[entity] ?? 0) >= x - 1e-6)?.timeS ?? NaN
      return { states, when }
    }

    it('speeds up as hard before the turning point as it slows down after it [DRIVE-OSC-04]', () => {
      const { states, when } = together()
      const speeds = states.slice(2, -1).map(({ speedMps }) => speedMps[0] as number)
      const peak = speeds.indexOf(Math.max(...speeds))
      const rise = ((speeds[40] as number) - (speeds[0] as number)) / 2
      const fall = ((speeds[peak + 10] as number) - (speeds[peak + 50] as number)) / 2
      // 90 m in 10 s from 5 to 9 m/s: 100 m² − 80 m − 16 = 0.
      expect(rise).toBeCloseTo((8 + Math.sqrt(64 + 64)) / 20, 1)
      expect(Math.abs(rise - fall)).toBeLessThan(0.05)
      expect(Math.abs(when(0, 100) - when(1, 110))).toBeLessThan(0.11)
      expect(speedAt(states, when(0, 100))).toBeCloseTo(9, 1)
    })

    it('slows down first where it would be too early [DRIVE-OSC-04]', () => {
      const { states, when } = together('', 15)
      expect(Math.min(...states.slice(2, 150).map(({ speedMps }) => speedMps[0] as number))).toBeLessThan(4)
      expect(Math.abs(when(0, 100) - when(1, 110))).toBeLessThan(0.11)
    })

    it('counts what a tolerance leaves of both ways, and has its speed a way before [DRIVE-OSC-04]', () => {
      const { when } = together('targetToleranceMaster="20" targetTolerance="4"')
      expect(Math.abs(when(0, 96) - when(1, 90))).toBeLessThan(0.11)
      const { states, when: at } = together('', 9, '<TargetDistanceSteadyState distance="30"/>')
      expect(speedAt(states, at(0, 71))).toBeCloseTo(9, 1)
      expect(Math.abs(at(0, 100) - at(1, 110))).toBeLessThan(0.11)
    })
  })

  it('counts with variables and parameters while it runs [DRIVE-OSC-05]', () => {
    const states = run(everything['values'] ?? '')
    expect(speedAt(states, 2)).toBeCloseTo(10, 6)
    expect(speedAt(states, 2.2)).toBe(0)
    expect(speedAt(states, 3.2)).toBeCloseTo(5, 6)
    expect(() => run(everything['values']?.replace('variableRef="v"', 'variableRef="w"') ?? '')).toThrow(
      /has no variable "w"/,
    )
  })

  it('keeps the weather, and lets the time of day go by [DRIVE-OSC-05]', () => {
    const { world } = simulate(everything['weather'] ?? '', 1)
    expect(world.surroundings.environment).toMatchObject({
      visualRangeM: 80,
      precipitation: 'rain',
      precipitationMmPerH: 4,
      illuminanceLux: 4,
      friction: 0.6,
    })
    expect(environmentOf(scenarioOf(everything['weather'] ?? ''))).toEqual({
      illuminanceLux: 4,
      visualRangeM: 80,
      precipitation: 'rain',
      precipitationMmPerH: 4,
      friction: 0.6,
    })
    const states = run(everything['weather'] ?? '')
    expect(speedAt(states, 1.9)).toBeCloseTo(10, 6)
    expect(speedAt(states, 2.2)).toBeCloseTo(4, 6)
  })

  it('passes over weather that acts on nothing here, and counts it [DRIVE-FILES-03]', () => {
    const windy = file({
      init: initial('a', 1, 1) + global(environment('', '<Wind speed="3" direction="0"/>')),
    })
    const notes = new ReadingNotes()
    parseOpenScenario(parseXml(windy, 'made.xosc'), new Map(), new Map(), notes)
    expect(notes.ignored.get('Weather/Wind')).toBe(1)
  })

  it('takes entities out and puts them back beside another [DRIVE-OSC-05]', () => {
    const text = everything['entities'] ?? ''
    expect(simulate(text, 1.5).world.isPresent[1]).toBe(0)
    const { world } = simulate(text, 2.05)
    expect(world.isPresent[1]).toBe(1)
    expect((world.x[1] ?? 0) - (world.x[0] ?? 0)).toBeCloseTo(20 + (8 - 10) * 0.05, 6)
    expect((world.y[1] ?? 0) - (world.y[0] ?? 0)).toBeCloseTo(-3, 6)
  })

  it('switches traffic lights by their phases, and by actions [DRIVE-OSC-06]', () => {
    const text = everything['signals'] ?? ''
    const shown = (untilS: number) => simulate(text, untilS).world.surroundings.signals.get('7')
    // Delay of 1 s, green for 2 s, red for 3 s; set to green at 7 s and dark at 9 s.
    expect([0.5, 2.5, 3.5, 5.5, 6.5, 7.5, 9.5].map(shown)).toEqual([
      'green',
      'green',
      'red',
      'red',
      'green',
      'green',
      'off',
    ])
    expect(speedAt(run(text), 3.3)).toBe(0)
  })

  it('keeps lights and visibility for who draws and senses [DRIVE-OSC-05]', () => {
    const { world } = simulate(everything['appearance'] ?? '', 3)
    expect(world.lights.get(0)?.get('indicatorLeft')).toBe('flashing')
    expect(world.visibility.get(0)).toEqual({ isVisible: false, inTraffic: true, inSensors: false })
  })
})

describe('routes', () => {
  it.each(['2', '3', '4'])(
    'goes over the junction to road %s, and says when it is there [DRIVE-OSC-07]',
    (target) => {
      const way = `<PrivateAction><RoutingAction><AcquirePositionAction><Position><LanePosition roadId="${target}" laneId="1" s="150"/></Position></AcquirePositionAction></RoutingAction></PrivateAction>`
      const text = file({
        init: initial('a', 150, 10),
        events:
          event('way', way, at(0, 'conditionEdge="none"')) +
          event('halt', speed(0), whenAction('wayAction', 'endTransition')),
      })
      const roads = intersection()
      const simulation = new Simulation(scenarioOf(text), roads)
      for (let dtS = 0; simulation.step(dtS); dtS = 0.05);
      const { world } = simulation
      expect(roads.road(world.road[0] as number).id).toBe(target)
      expect(world.speed[0]).toBe(0)
      expect(Math.abs((world.s[0] as number) - 150)).toBeLessThan(1)
    },
  )

  it('says where no way leads [DRIVE-OSC-07]', () => {
    const way =
      '<PrivateAction><RoutingAction><AcquirePositionAction><Position><LanePosition roadId="2" laneId="-1" s="9"/></Position></AcquirePositionAction></RoutingAction></PrivateAction>'
    const simulation = new Simulation(
      scenarioOf(file({ events: event('way', way, at(0, 'conditionEdge="none"')) })),
      network(road({}), road({ id: '2' })),
    )
    expect(() => simulation.step(0)).toThrow(/No way leads from road 1 to road 2/)
  })

  it('gives an entity a controller and takes it away again [DRIVE-OSC-07]', () => {
    const text = everything['controller assigned later'] ?? ''
    // Of its own speed it would go on at 10 m/s into the slower car ahead in its lane.
    const behind = text.replace('laneId="-2"', 'laneId="-1"').replace('s="60"', 's="40"')
    const states = run(behind)
    expect(speedAt(states, 1)).toBeCloseTo(10, 6)
    expect(speedAt(states, 3)).toBeLessThan(9.5)
    expect(speedAt(states, 10)).toBeCloseTo(speedAt(states, 3.5), 6)
  })
})

describe('conditions on entities', () => {
  const fires = (condition: string, init = initial('a', 10, 10) + initial('b', 100, 0), length = 2000) => {
    const states = run(
      file({
        entities: vehicle('a') + vehicle('b'),
        init,
        actor: 'b',
        events:
          event('e', speed(33), condition) +
          event('f', global('<EntityAction entityRef="a"><DeleteEntityAction/></EntityAction>'), at(19)),
      }),
      length,
    )
    return states.find(({ speedMps }) => speedMps[1] === 33)?.timeS
  }
  const now = (inside: string) =>
    whenEntity(inside).replace('delay="0.5"', 'delay="0"').replace('rising', 'none')

  it('fires when bodies touch [DRIVE-OSC-04]', () => {
    // Fronts are 4 m ahead, rears 1 m behind the reference points: 85 m at 10 m/s.
    expect(fires(now('<CollisionCondition><EntityRef entityRef="b"/></CollisionCondition>'))).toBeCloseTo(
      8.55,
      1,
    )
    expect(fires(now('<CollisionCondition><ByType type="pedestrian"/></CollisionCondition>'))).toBeUndefined()
  })

  it('fires at a standstill and at the end of the road after their durations [DRIVE-OSC-04]', () => {
    const halted = fires(now('<StandStillCondition duration="1"/>'), undefined, 110)
    const ended = fires(now('<EndOfRoadCondition duration="2"/>'), undefined, 110)
    // 100 m at 10 m/s; the third step that gets no further is a standstill.
    expect(halted).toBeCloseTo(11.15, 6)
    expect(ended).toBeCloseTo(12.1, 6)
  })

  it('fires beside every lane [DRIVE-OSC-04]', () => {
    const beside = initial('a', 10, 10).replace('laneId="-1"', 'laneId="-2" offset="-2"')
    const condition = now('<OffroadCondition duration="1"/>')
    expect(fires(condition, beside + initial('b', 100, 0))).toBeCloseTo(1.05, 6)
    expect(fires(condition)).toBeUndefined()
  })

  it('never fires on a value that nobody sets', () => {
    expect(fires(byValue('<UserDefinedValueCondition name="u" value="1" rule="equalTo"/>'))).toBeUndefined()
  })
})
