import { parseOpenScenario } from '../../../src/world/openscenario/parse-openscenario.ts'
import { ReadingNotes } from '../../../src/world/openscenario/reading-notes.ts'
import { parseXml } from '../../../src/world/xml/parse-xml.ts'
import { describe, expect, it } from 'vitest'
import { Simulation } from '../../../src/world/simulator/simulation.ts'
import { whenEntity } from '../../support/every-element.ts'
import { lane, network, road } from '../../support/road-file.ts'
import { at, event, file, initial, run, scenarioOf, speed, vehicle } from '../../support/scenario-file.ts'

const activate =
  '<PrivateAction><ControllerAction><ActivateControllerAction lateral="true" longitudinal="true"/></ControllerAction></PrivateAction>'

/** The lane-keeping controller with these properties. */
function withProperties(properties: Record<string, string | number>): string {
  const inside = Object.entries(properties).map(
    ([name, value]) => `<Property name="${name}" value="${value}"/>`,
  )
  return `<ObjectController><Controller name="acc"><Properties>${inside.join('')}</Properties></Controller></ObjectController>`
}

function scenario(properties: Record<string, string | number>, other = initial('b', 160, 8)): string {
  return file({
    entities: vehicle('a', withProperties(properties)) + vehicle('b'),
    init: initial('a', 10, 20) + other,
    events: event('on', activate, at(1)),
    stop: at(40),
  })
}

const side = (ids: number[], link: string) => ids.map((id) => lane(id, 3.5, link)).join('')
const lanes = (link: string) =>
  `<laneSection s="0"><center><lane id="0" type="none"/></center><right>${side([-1, -2], link)}</right></laneSection>`

/** A straight road of 100 m, and another that goes on from it, in its direction or against it. */
function linkedRoads(isTurned: boolean) {
  const contact = isTurned ? 'end' : 'start'
  const next = road({
    id: '2',
    length: 2000,
    link: `<${isTurned ? 'successor' : 'predecessor'} elementType="road" elementId="1" contactPoint="end"/>`,
    geometry: isTurned
      ? `<geometry s="0" x="2100" y="0" hdg="${Math.PI}" length="2000"><line/></geometry>`
      : '<geometry s="0" x="100" y="0" hdg="0" length="2000"><line/></geometry>',
    lanes: isTurned
      ? `<laneSection s="0"><left>${[1, 2].map((id) => lane(id, 3.5, `<successor id="${-id}"/>`)).join('')}</left><center><lane id="0" type="none"/></center></laneSection>`
      : `<laneSection s="0"><center><lane id="0" type="none"/></center><right>${[-1, -2].map((id) => lane(id, 3.5, `<predecessor id="${id}"/>`)).join('')}</right></laneSection>`,
  })
  const first = road({
    link: `<successor elementType="road" elementId="2" contactPoint="${contact}"/>`,
    lanes: lanes('').replaceAll(
      /<lane id="(-\d)" type="driving">/g,
      (found, id: string) => `${found}<link><successor id="${isTurned ? -Number(id) : id}"/></link>`,
    ),
  })
  return network(first, next)
}

function speedsOn(roads: ReturnType<typeof network>, text: string): number[] {
  const simulation = new Simulation(scenarioOf(text), roads)
  const speeds: number[] = []
  for (let dtS = 0; simulation.step(dtS); dtS = 0.05) speeds.push(simulation.observedSpeed(0))
  return speeds
}

const placed = (s: number, onLane: number, turned: boolean, mps = 8) =>
  initial('b', s, mps, onLane)
    .replace('roadId="1"', 'roadId="2"')
    .replace(
      /(<LanePosition [^>]*)\/>/,
      `$1>${turned ? '<Orientation type="relative" h="0"/>' : ''}</LanePosition>`,
    )

describe('the lane-keeping controller', () => {
  it('keeps the time gap and the speed that its properties give [DRIVE-OSC-12]', () => {
    const gapOf = (properties: Record<string, string | number>) => {
      const end = run(scenario(properties)).at(-1)
      return (end?.x[1] ?? 0) - (end?.x[0] ?? 0) - 5
    }
    expect(gapOf({ timeGap: 3 }) - gapOf({})).toBeCloseTo(1.5 * 8, 0)
    const speedOf = (properties: Record<string, string | number>) =>
      run(scenario(properties, initial('b', 160, 8, -2))).at(-1)?.speedMps[0]
    expect(speedOf({ mode: 'override', setSpeed: 15 })).toBeCloseTo(15, 3)
    expect(speedOf({ setSpeed: 15 })).toBeCloseTo(20, 3)
    expect(speedOf({ mode: 'override' })).toBeCloseTo(20, 3)
  })

  it('takes nobody for its leader who is further to the side than its properties say [DRIVE-OSC-12]', () => {
    const aside = initial('b', 160, 8).replace('s="160"', 's="160" offset="-1.5"')
    const slowest = (properties: Record<string, string | number>) =>
      Math.min(
        ...run(scenario(properties, aside), 2000)
          .filter(({ timeS }) => timeS < 10)
          .map(({ speedMps }) => speedMps[0] ?? 0),
      )
    expect(slowest({})).toBeLessThan(19)
    expect(slowest({ lateralDist: 1 })).toBeCloseTo(20, 3)
  })

  it('leaves who has a controller of another simulator to the storyboard, and says so [DRIVE-OSC-12]', () => {
    const text = scenario({ esminiController: 'SloppyDriverController' })
    const notes = new ReadingNotes()
    parseOpenScenario(parseXml(text, 'made.xosc'), new Map(), new Map(), notes)
    expect(notes.remarks.join()).toMatch(/The controller SloppyDriverController of \w+ is not one of ours/)
    const speeds = run(text).map(({ speedMps }) => speedMps[0])
    expect(new Set(speeds).size).toBe(1)
    expect(() => run(scenario({ timeGap: 'long' }))).toThrow(/needs a number as value, got "long"/)
  })

  it.each([false, true])(
    'sees a leader on the road that follows as on its own (which runs against it: %s) [DRIVE-OSC-12]',
    (isTurned) => {
      const whole = network(road({ length: 2100, lanes: lanes('') }))
      const b = isTurned ? placed(2100 - 160, 1, true) : placed(60, -1, false)
      const alone = speedsOn(whole, scenario({}))
      const linked = speedsOn(linkedRoads(isTurned), scenario({}, b))
      expect(Math.min(...alone)).toBeLessThan(8.1)
      expect(linked.length).toBe(alone.length)
      for (const [step, mps] of linked.entries()) expect(mps).toBeCloseTo(alone[step] as number, 6)
    },
  )
})

describe('distances along roads', () => {
  it.each([false, true])(
    'go on over the ends of roads, ahead and behind (next runs against it: %s) [DRIVE-OSC-12]',
    (isTurned) => {
      const near = (own: string, other: string) =>
        `<Condition name="near" conditionEdge="rising" delay="0"><ByEntityCondition><TriggeringEntities triggeringEntitiesRule="any"><EntityRef entityRef="${own}"/></TriggeringEntities><EntityCondition><RelativeDistanceCondition entityRef="${other}" relativeDistanceType="longitudinal" coordinateSystem="road" freespace="true" value="100" rule="lessThan"/></EntityCondition></ByEntityCondition></Condition>`
      const stopAt = (own: string, other: string, b: string, roads: ReturnType<typeof network>) => {
        const text = file({
          entities: vehicle('a') + vehicle('b'),
          init: initial('a', 10, 10) + b,
          events: event('halt', speed(0), near(own, other)),
        })
        return speedsOn(roads, text).indexOf(0)
      }
      const whole = network(road({ length: 2100, lanes: lanes('') }))
      const b = isTurned ? placed(2100 - 160, 1, true, 2) : placed(60, -1, false, 2)
      const expected = stopAt('a', 'b', initial('b', 160, 2), whole)
      expect(expected).toBeGreaterThan(100)
      expect(stopAt('a', 'b', b, linkedRoads(isTurned))).toBe(expected)
      expect(stopAt('b', 'a', b, linkedRoads(isTurned))).toBe(expected)
    },
  )

  it.each([false, true])(
    'tell lanes apart for clearance beyond the end of a road (next runs against it: %s) [DRIVE-OSC-10]',
    (isTurned) => {
      const goes = (from: number, to: number) => {
        const clear = whenEntity(
          `<RelativeClearanceCondition oppositeLanes="true" freeSpace="true" distanceForward="60" distanceBackward="0"><RelativeLaneRange from="${from}" to="${to}"/></RelativeClearanceCondition>`,
        ).replace('conditionEdge="rising" delay="0.5"', 'conditionEdge="none" delay="0"')
        const b = isTurned ? placed(2000 - 20, 2, true, 0) : placed(20, -2, false, 0)
        const text = file({
          entities: vehicle('a') + vehicle('b'),
          init: initial('a', 80, 0) + b,
          events: event('go', speed(5), clear),
          stop: at(1),
        })
        return speedsOn(linkedRoads(isTurned), text).at(-1) === 5
      }
      expect(goes(0, 0)).toBe(true)
      // A lane that is not there is not free.
      expect(goes(1, 9)).toBe(false)
      expect(goes(-1, -1)).toBe(false)
    },
  )

  it('are without an end where no road leads there', () => {
    const text = file({
      entities: vehicle('a') + vehicle('b'),
      init: initial('a', 10, 10) + placed(60, -1, false),
      events: event(
        'halt',
        speed(0),
        whenEntity(
          '<RelativeDistanceCondition entityRef="b" relativeDistanceType="longitudinal" coordinateSystem="road" freespace="true" value="900" rule="lessThan"/>',
        ),
      ),
      stop: at(5),
    })
    const apart = network(road({}), road({ id: '2', length: 2000 }))
    expect(speedsOn(apart, text).at(-1)).toBe(10)
  })
})
